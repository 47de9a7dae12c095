import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {tempDir} from '../temp-dir.ts';
import {openTestStore, resource, source, valueOf} from './open-test-store.ts';

test('what one program saved, the next one loads', async t => {
	const file = join(tempDir(t), 'data', 'cws.db');
	const saved = source(1000, [resource('web-1', 1000, {tags: {team: 'ml'}}), resource('web-2', 900)]);
	const first = await openTestStore(t, file);
	valueOf(await first.saveSource(saved));
	await first.close();

	const second = await openTestStore(t, file);
	assert.deepEqual(second.notices(), []);
	assert.deepEqual(valueOf(await second.loadInventory()), [saved]);
});

test('a long inventory keeps its order, shrinks again, and an unchanged row gets the new age', async t => {
	const store = await openTestStore(t, join(tempDir(t), 'cws.db'));
	const rows = (count: number, seenAt: number) => Array.from({length: count}, (_, index) => resource(`web-${index}`, seenAt));
	valueOf(await store.saveSource(source(1000, rows(2500, 1000))));
	assert.deepEqual(valueOf(await store.loadInventory())[0]!.resources, rows(2500, 1000));

	valueOf(await store.saveSource(source(2000, rows(900, 2000))));
	assert.deepEqual(valueOf(await store.loadInventory())[0]!.resources, rows(900, 2000));

	valueOf(await store.saveSource(source(3000, [])));
	assert.deepEqual(valueOf(await store.loadInventory()), [source(3000, [])]);
});

test('of two saves of one source the later call wins, however long the first one is', async t => {
	const store = await openTestStore(t, ':memory:');
	const long = Array.from({length: 3000}, (_, index) => resource(`old-${index}`, 1));
	const saves = [store.saveSource(source(1, long)), store.saveSource(source(2, [resource('new', 2)]))];
	await Promise.all(saves);
	assert.deepEqual(valueOf(await store.loadInventory()), [source(2, [resource('new', 2)])]);
});

test('sources are kept apart', async t => {
	const store = await openTestStore(t, ':memory:');
	const hosts = {...source(5, [resource('me', 5)]), key: 'local/host', provider: 'local', plugin: 'local', type: 'host'};
	valueOf(await store.saveSource(hosts));
	valueOf(await store.saveSource(source(6, [resource('a', 6)])));
	assert.deepEqual(valueOf(await store.loadInventory()), [hosts, source(6, [resource('a', 6)])]);
});

test('a value that is not JSON is refused and the next call works', async t => {
	const store = await openTestStore(t, ':memory:');
	const outcome = await store.saveSource(source(1, [resource('big', 1, {meta: {count: 1n}})]));
	assert.equal(outcome.ok, false);
	assert.deepEqual(valueOf(await store.loadInventory()), []);
	valueOf(await store.saveSource(source(1, [resource('fine', 1)])));
});
