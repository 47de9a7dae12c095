import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createWorld} from '../world.ts';

test('trusting a folder is remembered, looks for plugins again and stands in the audit log', async () => {
	const world = createWorld();
	const done = await world.engine.run('trustFolder', {folder: '/somewhere/x', isTrusted: true}, {origin: 'cli'});
	assert.deepEqual(done, {ok: true, value: {folder: '/somewhere/x', isTrusted: true}});
	assert.deepEqual(
		world.host.asked.map(({method}) => method),
		['rescan'],
	);
	await world.clock.advance(0);
	assert.deepEqual(
		world.store.audit.map(({command, target}) => [command, target]),
		[['trustFolder', '/somewhere/x']],
	);
});

test('in read-only mode no folder is trusted, but plugins can be looked for', async () => {
	const world = createWorld({settings: {readOnly: true}});
	const denied = await world.engine.run('trustFolder', {folder: '/somewhere/x', isTrusted: true}, {origin: 'cli'});
	assert.ok(!denied.ok && denied.error.code === 'CWS_DENIED');
	assert.deepEqual(world.host.asked, []);
	const found = await world.engine.run('rescanPlugins', {}, {origin: 'cli'});
	assert.ok(found.ok && found.value.length === 1);
});
