import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {tempDir} from '../temp-dir.ts';
import {codeOf, openTestStore, valueOf} from './open-test-store.ts';

const limit = 1000;

test('a grant is kept over a restart, replaced by the next one of its key, and taken back', async t => {
	const file = join(tempDir(t), 'cws.db');
	const first = await openTestStore(t, file);
	const grant = {
		key: 'user/hetzner',
		bundleHash: 'aa',
		permissions: {store: {maxBytes: 5}},
		commands: {hcloud: '/usr/bin/hcloud'},
		grantedAt: 7,
		grantedBy: 'ada (cli)',
	};
	valueOf(await first.plugins.saveGrant({...grant, bundleHash: 'old'}));
	valueOf(await first.plugins.saveGrant(grant));
	await first.close();

	const second = await openTestStore(t, file);
	assert.deepEqual(valueOf(await second.plugins.readGrants()), [grant]);
	valueOf(await second.plugins.deleteGrant('user/hetzner'));
	assert.deepEqual(valueOf(await second.plugins.readGrants()), []);
});

test('a quarantine is kept for a version and lifted for that one or for all', async t => {
	const {plugins} = await openTestStore(t, ':memory:');
	const reason = failure('CWS_PLUGIN_CRASHED', {message: 'It ended five times.'});
	for (const version of ['1.0.0', '1.1.0', '2.0.0']) {
		valueOf(await plugins.saveQuarantine({id: 'hetzner', version, at: 1, reason}));
	}

	valueOf(await plugins.liftQuarantine('hetzner', '1.1.0'));
	assert.deepEqual(
		valueOf(await plugins.readQuarantine()).map(({version}) => version),
		['1.0.0', '2.0.0'],
	);
	assert.deepEqual(valueOf(await plugins.readQuarantine())[0], {id: 'hetzner', version: '1.0.0', at: 1, reason});
	valueOf(await plugins.liftQuarantine('hetzner'));
	assert.deepEqual(valueOf(await plugins.readQuarantine()), []);
});

test('values of plugins have versions, and a change on an older version is a conflict that changes nothing', async t => {
	const {plugins} = await openTestStore(t, ':memory:');
	const set = (value: number, ifVersion?: number) =>
		plugins.changeEntries('user/a', [{key: 'n', value, ...(ifVersion !== undefined && {ifVersion})}], limit);
	assert.equal(valueOf(await plugins.getEntry('user/a', 'n')), null);
	assert.deepEqual(valueOf(await set(1, 0)), [1]);
	assert.deepEqual(valueOf(await set(2, 1)), [2]);
	assert.equal(codeOf(await set(3, 1)), 'CWS_CONFLICT');
	assert.deepEqual(valueOf(await plugins.getEntry('user/a', 'n')), {value: 2, version: 2});
	const mixed = await plugins.changeEntries(
		'user/a',
		[
			{key: 'm', value: true},
			{key: 'n', isDeleted: true, ifVersion: 1},
		],
		limit,
	);
	assert.equal(codeOf(mixed), 'CWS_CONFLICT');
	assert.equal(valueOf(await plugins.getEntry('user/a', 'm')), null, 'all or nothing');
});

test('a full store refuses to grow, keeps what it has, lets go of keys, and is no business of other plugins', async t => {
	const {plugins} = await openTestStore(t, ':memory:');
	const set = (owner: string, key: string, length: number) => plugins.changeEntries(owner, [{key, value: 'x'.repeat(length - 2)}], limit);
	valueOf(await set('user/a', 'a', 500));
	valueOf(await set('user/a', 'b', 498));
	assert.equal(codeOf(await set('user/a', 'c', 10)), 'CWS_PLUGIN_QUOTA');
	assert.equal(codeOf(await set('user/a', 'b', 600)), 'CWS_PLUGIN_QUOTA');
	assert.deepEqual(valueOf(await plugins.listEntries('user/a', {limit: 10})), [
		{key: 'a', bytes: 501, version: 1},
		{key: 'b', bytes: 499, version: 1},
	]);
	valueOf(await set('user/b', 'c', 900));
	valueOf(await plugins.changeEntries('user/a', [{key: 'a', isDeleted: true}], 1));
	valueOf(await set('user/a', 'c', 10));
});

test('keys are listed by prefix and page by page, of one owner alone, until the plugin is cleared away', async t => {
	const {plugins} = await openTestStore(t, ':memory:');
	const keys = ['log.1', 'log.2', 'log.3', 'log_%', 'z'];
	valueOf(
		await plugins.changeEntries(
			'user/a',
			keys.map(key => ({key, value: null})),
			limit,
		),
	);
	valueOf(await plugins.changeEntries('user/b', [{key: 'log.1', value: 1}], limit));
	const list = async (query: {readonly prefix?: string; readonly after?: string; readonly limit: number}) =>
		valueOf(await plugins.listEntries('user/a', query)).map(({key}) => key);
	assert.deepEqual(await list({prefix: 'log.', limit: 2}), ['log.1', 'log.2']);
	assert.deepEqual(await list({prefix: 'log.', after: 'log.2', limit: 2}), ['log.3']);
	assert.deepEqual(await list({prefix: 'log_%', limit: 9}), ['log_%']);
	valueOf(await plugins.clearEntries('user/a'));
	assert.deepEqual(await list({limit: 9}), []);
	assert.deepEqual(valueOf(await plugins.getEntry('user/b', 'log.1')), {value: 1, version: 1});
});
