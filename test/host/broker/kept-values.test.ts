import assert from 'node:assert/strict';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {createFakePluginKeep} from '../../helpers/fake-plugin-keep.ts';
import {openTestStore} from '../../platform/store/open-test-store.ts';
import {brokerForTest, codeOf} from './broker-for-test.ts';

const asked = {store: {maxBytes: 2000}};

test('a plugin keeps values of its own in the database', async t => {
	const {plugins: keep} = await openTestStore(t, ':memory:');
	const {call} = brokerForTest(t, {asked, keep});
	const other = brokerForTest(t, {id: 'docker', asked, keep});
	assert.equal(await call('store.get', ['seen']), null);
	assert.equal(await call('store.set', ['seen', {at: 7, tags: ['a', null, true]}]), 1);
	assert.equal(await call('store.set', ['seen', 'later', {ifVersion: 1}]), 2);
	assert.equal(await codeOf(call('store.set', ['seen', 'too late', {ifVersion: 1}])), 'CWS_CONFLICT');
	await call('store.set', ['__proto__', {constructor: {prototype: {x: 1}}}]);
	assert.deepEqual(await call('store.list', []), ['__proto__', 'seen']);
	assert.deepEqual(await call('store.list', ['se']), ['seen']);
	assert.deepEqual(await call('store.get', ['__proto__']), {constructor: {prototype: {x: 1}}});
	assert.equal(({} as {x?: unknown}).x, undefined);
	assert.equal(await other.call('store.get', ['seen']), null);
	await call('store.delete', ['seen']);
	await call('store.delete', ['seen']);
	assert.equal(await call('store.get', ['seen']), null);
	for (const key of ['', 7, null, 'a\nb', 'x'.repeat(300), '\uD800', {}]) {
		assert.equal(await codeOf(call('store.set', [key, 1])), 'CWS_INVALID_INPUT', JSON.stringify(key));
	}

	assert.equal(await codeOf(call('store.set', ['a', 1, {ifVersion: -1}])), 'CWS_INVALID_INPUT');
});

test('store-fill: a plugin that writes until it is full is refused, and others are not', async t => {
	const {plugins: keep} = await openTestStore(t, ':memory:');
	const {call} = brokerForTest(t, {asked, keep});
	const other = brokerForTest(t, {id: 'docker', asked, keep});
	await other.call('store.set', ['mine', 'safe']);
	let written = 0;
	let code = '';
	while (code === '' && written < 1000) {
		try {
			await call('store.set', [`key-${written}`, 'x'.repeat(90)]);
			written++;
		} catch {
			code = await codeOf(call('store.set', [`key-${written}`, 'x'.repeat(90)]));
		}
	}

	assert.equal(code, 'CWS_PLUGIN_QUOTA');
	assert.equal(written, 20);
	assert.equal(await codeOf(call('store.set', ['huge', 'x'.repeat(100_000)])), 'CWS_PLUGIN_QUOTA');
	assert.equal(await call('store.get', ['key-0']), 'x'.repeat(90), 'what it has stays');
	await other.call('store.set', ['more', 'x'.repeat(1000)]);
	assert.equal(await other.call('store.get', ['mine']), 'safe');
	await call('store.delete', ['key-0']);
	assert.equal(await call('store.set', ['key-0', 'y']), 1);
});

test('a broken database is a failure, not an empty store', async t => {
	const keep = createFakePluginKeep(() => failure('CWS_DISK_FULL', {message: 'The disk is full.'}));
	const {call} = brokerForTest(t, {asked, keep});
	assert.equal(await codeOf(call('store.get', ['a'])), 'CWS_DISK_FULL');
	assert.equal(await codeOf(call('store.set', ['a', 1])), 'CWS_DISK_FULL');
});

test('the state of a plugin is any JSON of a size that fits', async t => {
	const {call} = brokerForTest(t, {limits: {stateLength: 100}});
	assert.equal(await call('state.get', []), null);
	await call('state.set', [{cursor: 'abc', seen: [1, 2]}]);
	assert.equal(await codeOf(call('state.set', ['x'.repeat(99)])), 'CWS_PLUGIN_QUOTA');
	const state = (await call('state.get', [])) as {seen: number[]};
	state.seen.push(3);
	assert.deepEqual(await call('state.get', []), {cursor: 'abc', seen: [1, 2]}, 'what was read is a copy');
});
