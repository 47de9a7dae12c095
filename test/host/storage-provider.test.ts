import assert from 'node:assert/strict';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {type PluginHost} from '../../source/core/ports/plugin-host.ts';
import {type Volume, type VolumeResult} from '../../source/sdk/storage.ts';
import {fixture, fixtureHost} from './fixture-host.ts';

const ask = async <Result>(host: PluginHost, operation: string, ...args: readonly unknown[]): Promise<Result | string> => {
	const done = await host.call<Result>({plugin: 'directory-volumes', method: `storage.directory.${operation}`, args});
	return done.ok ? done.value : done.error.code;
};

const statusOf = async (host: PluginHost, operation: string, input: object) => {
	const done = await ask<VolumeResult>(host, operation, input);
	return typeof done === 'string' ? done : done.status;
};

test('a storage provider makes, attaches, resizes, detaches and deletes volumes, and keeps what is in them', async () => {
	await using made = await fixtureHost(['directory-volumes']);
	const {host, home} = made;
	assert.deepEqual(await ask(host, 'list'), []);
	const created = (await ask<VolumeResult>(host, 'create', {name: 'data', sizeBytes: 1000, token: 't-1'})) as VolumeResult;
	assert.equal(created.status, 'created');
	assert.deepEqual(
		{...created.volume, createdAt: 0},
		{id: 'data', name: 'data', sizeBytes: 1000, usedBytes: 0, status: 'available', attachedTo: [], createdAt: 0},
	);
	const mount = path.join(home, 'mounted');
	assert.equal(await statusOf(host, 'attach', {id: 'data', to: 'local/vm/web-1', path: mount}), 'attached');
	writeFileSync(path.join(mount, 'figures.csv'), 'a,b\n');
	const [listed] = (await ask<readonly Volume[]>(host, 'list')) as readonly Volume[];
	assert.deepEqual([listed?.status, listed?.attachedTo, listed?.usedBytes, listed?.mountPath], ['attached', ['local/vm/web-1'], 4, mount]);
	assert.equal(await statusOf(host, 'resize', {id: 'data', sizeBytes: 3}), 'CWS_INVALID_STATE');
	assert.equal(await statusOf(host, 'resize', {id: 'data', sizeBytes: 4000}), 'resized');
	assert.equal(await statusOf(host, 'delete', {id: 'data'}), 'CWS_INVALID_STATE');
	assert.equal(await statusOf(host, 'detach', {id: 'data'}), 'detached');
	assert.equal(existsSync(mount), false);
	assert.equal(await statusOf(host, 'attach', {id: 'data', to: 'local/vm/web-2', path: mount}), 'attached');
	assert.equal(readFileSync(path.join(mount, 'figures.csv'), 'utf8'), 'a,b\n');
	assert.equal(await statusOf(host, 'detach', {id: 'data', from: 'local/vm/web-2'}), 'detached');
	assert.equal(await statusOf(host, 'delete', {id: 'data'}), 'deleted');
	assert.deepEqual(await ask(host, 'list'), []);
});

test('what a storage provider is asked twice is no error, a taken name is, and no id leads out of its folder', async () => {
	await using made = await fixtureHost(['directory-volumes']);
	const {host} = made;
	assert.equal(await statusOf(host, 'create', {name: 'data', sizeBytes: 1, token: 't-1'}), 'created');
	assert.equal(await statusOf(host, 'create', {name: 'data', sizeBytes: 1, token: 't-1'}), 'skipped');
	assert.equal(await statusOf(host, 'create', {name: 'data', sizeBytes: 1, token: 't-2'}), 'CWS_NAME_TAKEN');
	assert.equal(await statusOf(host, 'create', {name: '../x', sizeBytes: 1}), 'CWS_INVALID_NAME');
	assert.equal(await statusOf(host, 'detach', {id: 'data'}), 'skipped');
	assert.equal(await statusOf(host, 'delete', {id: '../data'}), 'not_found');
	assert.equal(await statusOf(host, 'delete', {id: 'data'}), 'deleted');
	assert.equal(await statusOf(host, 'delete', {id: 'data'}), 'not_found');
});

test('a storage provider without an operation it promises does not register', async () => {
	await using made = await fixtureHost(['directory-volumes']);
	const file = path.join(made.pluginDirectory, 'directory-volumes/index.js');
	writeFileSync(file, readFileSync(fixture('directory-volumes/index.js'), 'utf8').replace('async resize(', 'async widen('));
	const started = await made.host.start('directory-volumes');
	assert.match(started.ok ? '' : started.error.message, /unknown storage handler: directory\.resize/);
	assert.equal(made.host.records()[0]?.stage, 'register');
});
