import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sandboxBootstrap} from '../../helpers/sandbox-bootstrap.ts';
import {recordOf} from '../fixture-host.ts';
import {sandboxHost} from '../sandbox-host.ts';

const bootstrap = await sandboxBootstrap();
const code = `module.exports = {health: () => ({status: 'pass', output: [typeof process, typeof require].join()})}`;
const health = {plugin: 'claims', method: 'health', args: []};

test('runtime-trusted-claim: no word of a manifest lets a plugin out of the sandbox', async () => {
	await using plain = sandboxHost(bootstrap, {manifest: {id: 'claims'}, code});
	assert.deepEqual(await plain.host.call(health), {ok: true, value: {status: 'pass', output: 'undefined,undefined'}});
	assert.deepEqual(plain.placements, ['thread']);
	for (const claim of [{runtime: 'trusted'}, {trusted: true}, {origin: 'bundled'}]) {
		await using claiming = sandboxHost(bootstrap, {manifest: {id: 'claims', ...claim}, code});
		const outcome = await claiming.host.call<{readonly output: string}>(health);
		const isRefused = recordOf(claiming.host, 'claims').stage === 'manifest';
		assert.ok(isRefused || (outcome.ok && outcome.value.output === 'undefined,undefined'), JSON.stringify(claim));
	}
});

test('a plugin runs where the person wants it to', async () => {
	await using own = sandboxHost(bootstrap, {manifest: {id: 'claims'}, code, isolationOf: () => 'process'});
	assert.deepEqual(await own.host.call(health), {ok: true, value: {status: 'pass', output: 'undefined,undefined'}});
	assert.deepEqual(own.placements, ['process']);
	await using small = sandboxHost(bootstrap, {manifest: {id: 'claims'}, code, availableMemory: () => 500_000_000});
	assert.ok((await small.host.call(health)).ok);
	assert.deepEqual(small.placements, ['process']);
});
