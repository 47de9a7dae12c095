import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sandboxBootstrap} from '../../helpers/sandbox-bootstrap.ts';
import {recordOf} from '../../host/fixture-host.ts';
import {sandboxHost} from '../../host/sandbox-host.ts';

test('a plugin that took too much memory twice runs in a process of its own from then on', async () => {
	const plugin = 'greedy';
	await using tried = sandboxHost(await sandboxBootstrap(), {
		manifest: {id: plugin},
		code: `module.exports = {health() { const kept = []; for (;;) kept.push(new Uint8Array(32 << 20).fill(1)) }, provider: {get: () => 'fine'}}`,
		limits: {backoffMs: 10, backoffWaitMs: 60_000, backoffMaxMs: 100},
	});
	const {host, placements} = tried;
	for (let turn = 0; turn < 2; turn++) {
		const outcome = await host.call({plugin, method: 'health', args: []});
		assert.ok(!outcome.ok && /more than its 128 MB of memory/.test(outcome.error.message), JSON.stringify(outcome));
	}

	assert.deepEqual(placements, ['thread', 'thread']);
	assert.equal(recordOf(host, plugin).strikes, 4);
	assert.deepEqual(await host.call({plugin, method: 'provider.get', args: []}), {ok: true, value: 'fine'});
	assert.deepEqual(placements, ['thread', 'thread', 'process']);
});
