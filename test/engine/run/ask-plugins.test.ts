import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startWorld} from '../world.ts';

const deployWeb = {provider: 'lab', type: 'vm', name: 'web-1', fields: {}};

/** What the dry run of a deploy was asked for after the plugins had their say. */
async function planned(change: Readonly<Record<string, unknown>>) {
	const {engine, host} = await startWorld();
	host.answer('provider.plan', () => ({ok: true, value: {lines: [], warnings: []}}));
	host.patch('deploy.prepared', change);
	const plan = await engine.plan('deploy', deployWeb, {origin: 'cli'});
	assert.ok(plan.ok, JSON.stringify(plan));
	const {token: _token, ...spec} = host.asked.find(({method}) => method === 'provider.plan')!.args[1] as Record<string, unknown>;
	return spec;
}

test('a plugin may change size and fields of a deploy before it begins', async () => {
	assert.deepEqual(await planned({size: 'large', fields: {port: 8080}}), {
		type: 'vm',
		name: 'web-1',
		size: 'large',
		fields: {command: 'sleep 1', port: 8080},
	});
});

test('a change that does not pass the checks of a person’s input is left out', async () => {
	const untouched = {type: 'vm', name: 'web-1', fields: {command: 'sleep 1'}};
	for (const change of [
		{size: 'huge'},
		{size: 5},
		{fields: {port: 0}},
		{fields: {unknown: true}},
		{fields: null},
		{name: 'Not A Name'},
		{provider: 'other'},
		{type: 'other'},
		{token: 'mine'},
	]) {
		assert.deepEqual(await planned(change), untouched, JSON.stringify(change));
	}
});

test('plugins hear each event of the engine once', async () => {
	const {engine, host, clock} = await startWorld();
	host.emit({type: 'custom.hello', level: 'info', subject: 'x', message: 'hello'});
	await clock.advance(0);
	assert.deepEqual(
		host.heard.map(({type}) => type),
		['app.ready', 'custom.hello'],
	);
	await engine.stop(0);
	assert.equal(host.heard.at(-1)?.type, 'app.shutdown');
});
