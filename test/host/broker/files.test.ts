import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {
	existsSync,
	linkSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type FsPermission} from '../../../source/core/manifest/permissions.ts';
import {brokerForTest, type BrokerForTest, codeOf, failureOf, textOf} from './broker-for-test.ts';

const reason = 'test';
const fs: readonly FsPermission[] = [
	{id: 'config', path: '${xdgConfig}/hcloud', access: 'read', reason},
	{id: 'out', path: '${workspace}/out', access: 'write', reason},
	{id: 'home', path: '${home}', access: 'write', reason},
	{path: '${workspace}/notes.txt', access: 'write', reason},
];

const read = async ({items}: BrokerForTest, ...args: readonly unknown[]) => textOf(await items('fs.read', args));

function world(t: Parameters<typeof brokerForTest>[0], options: Parameters<typeof brokerForTest>[1] = {}) {
	const broker = brokerForTest(t, {asked: {fs}, ...options});
	const at = (path: string) => join(broker.directory, path);
	mkdirSync(at('home/.config/hcloud/sub'), {recursive: true});
	mkdirSync(at('home/.ssh'));
	writeFileSync(at('home/.config/hcloud/cli.toml'), 'active = "work"');
	writeFileSync(at('home/.ssh/id_ed25519'), 'PRIVATE KEY');
	writeFileSync(at('cws/keyring'), 'CWS SECRET');
	return {broker, at, call: broker.call};
}

test('files below a granted folder are read, listed and written; nothing outside is', async t => {
	const {broker, at, call} = world(t);
	assert.equal(await read(broker, 'config', 'cli.toml'), 'active = "work"');
	assert.deepEqual(await call('fs.list', ['config']), [
		{name: 'cli.toml', isDirectory: false},
		{name: 'sub', isDirectory: true},
	]);
	await call('fs.write', ['out', 'a/b/report.txt', 'żółć']);
	await call('fs.write', ['out', 'a/b/report.txt', {base64: Buffer.from('again').toString('base64')}]);
	assert.equal(readFileSync(at('workspace/out/a/b/report.txt'), 'utf8'), 'again');
	assert.deepEqual(readdirSync(at('workspace/out/a/b')), ['report.txt'], 'nothing is left beside it');
	assert.equal(statSync(at('workspace/out/a/b/report.txt')).mode & 0o777, 0o600);
	await call('fs.write', ['3', '', 'a granted file']);
	assert.equal(readFileSync(at('workspace/notes.txt'), 'utf8'), 'a granted file');
	assert.equal(await read(broker, '3'), 'a granted file');

	assert.equal(await codeOf(call('fs.write', ['config', 'cli.toml', 'x'])), 'CWS_PLUGIN_DENIED');
	for (const path of ['../../../.ssh/id_ed25519', '..', '/etc/passwd', 'a/../../..', 'a\\..\\..', 'x\0']) {
		assert.equal(await codeOf(read(broker, 'config', path)), 'CWS_PLUGIN_DENIED', path);
		assert.equal(await codeOf(call('fs.list', ['config', path])), 'CWS_PLUGIN_DENIED', path);
		assert.equal(await codeOf(call('fs.write', ['out', path, ''])), 'CWS_PLUGIN_DENIED', path);
	}

	for (const id of ['4', '-1', 'other', 'constructor', '']) {
		assert.equal(await codeOf(read(broker, id, 'x')), 'CWS_PLUGIN_DENIED', id);
	}
});

test('a plugin always has its own folder, and never that of cws or of another plugin', async t => {
	const {broker, at, call} = world(t, {asked: {fs: [...fs, {id: 'all', path: '${home}', access: 'write', reason}]}});
	await call('fs.write', ['data', 'cache/x.json', '{}']);
	assert.equal(await read(broker, 'data', 'cache/x.json'), '{}');
	// A link of the person's own that leads into the closed folder, and one folder below another name.
	rmSync(at('home/.config'), {recursive: true});
	renameSync(at('cws'), at('home/cws'));
	symlinkSync(at('home/cws'), at('cws'));
	for (const path of ['cws/keyring', 'cws/data/hetzner/cache/x.json']) {
		assert.equal(await codeOf(read(broker, 'home', path)), 'CWS_PLUGIN_DENIED', path);
		assert.equal(await codeOf(call('fs.write', ['home', path, 'x'])), 'CWS_PLUGIN_DENIED', path);
	}

	assert.equal(await codeOf(call('fs.list', ['home', 'cws'])), 'CWS_PLUGIN_DENIED');
	assert.equal(readFileSync(at('cws/keyring'), 'utf8'), 'CWS SECRET');
	assert.equal(await read(broker, 'data', 'cache/x.json'), '{}', 'the own folder stays open');
	assert.match(broker.denied[0]!.what, /is closed to plugins\. it belongs to cws/);
});

test('fs-symlink-race: links are not followed, at the end or on the way, and not written through', async t => {
	const {broker, at, call} = world(t);
	const secret = at('home/.ssh/id_ed25519');
	mkdirSync(at('workspace/out'));
	symlinkSync(secret, at('home/.config/hcloud/link'));
	symlinkSync(at('home/.ssh'), at('home/.config/hcloud/folder'));
	symlinkSync(secret, at('workspace/out/link'));
	symlinkSync(at('home/.ssh'), at('workspace/out/folder'));
	symlinkSync(at('home/.ssh/new'), at('workspace/notes.txt'));
	for (const args of [['config', 'link'], ['config', 'folder/id_ed25519'], ['3']]) {
		const refused = await failureOf(read(broker, ...args));
		assert.equal(refused.code, 'CWS_PLUGIN_DENIED', args.join(' '));
		assert.match(refused.cause ?? '', /is a link/);
	}

	assert.equal(await codeOf(call('fs.list', ['config', 'folder'])), 'CWS_PLUGIN_DENIED');
	for (const args of [
		['out', 'link', 'x'],
		['out', 'folder/new', 'x'],
		['3', '', 'x'],
	]) {
		assert.equal(await codeOf(call('fs.write', args)), 'CWS_PLUGIN_DENIED', args.join(' '));
	}

	assert.equal(readFileSync(secret, 'utf8'), 'PRIVATE KEY');
	assert.equal(existsSync(at('home/.ssh/new')), false);
	assert.deepEqual(await call('fs.list', ['config']), [
		{name: 'cli.toml', isDirectory: false},
		{name: 'sub', isDirectory: true},
	]);
});

test('fs-symlink-race: a granted folder or file that is replaced by a link is closed', async t => {
	const {broker, at, call} = world(t);
	assert.equal(await read(broker, 'config', 'cli.toml'), 'active = "work"');
	renameSync(at('home/.config/hcloud'), at('home/.config/before'));
	symlinkSync(at('home/.ssh'), at('home/.config/hcloud'));
	assert.equal(await codeOf(read(broker, 'config', 'id_ed25519')), 'CWS_PLUGIN_DENIED');
	assert.equal(await codeOf(call('fs.list', ['config'])), 'CWS_PLUGIN_DENIED');
});

test('fs-symlink-race: somebody who swaps a folder for a link all the time never gets a file from outside', async t => {
	const {broker, at, call} = world(t);
	const [folder, aside] = [at('workspace/out/swap'), at('workspace/out/aside')];
	mkdirSync(folder, {recursive: true});
	writeFileSync(join(folder, 'id_ed25519'), 'harmless');
	let isLink = false;
	const swap = () => {
		if (isLink) {
			rmSync(folder);
			renameSync(aside, folder);
		} else {
			renameSync(folder, aside);
			symlinkSync(at('home/.ssh'), folder);
		}

		isLink = !isLink;
	};

	const seen = new Set<string>();
	for (let round = 0; round < 150; round++) {
		const work = round % 2 === 0 ? read(broker, 'out', 'swap/id_ed25519') : call('fs.write', ['out', 'swap/new', 'x']);
		swap();
		const outcome = work.then(
			value => String(value),
			() => 'refused',
		);
		await Promise.resolve();
		swap();
		seen.add(await outcome);
	}

	assert.ok(!seen.has('PRIVATE KEY'), [...seen].join(' '));
	assert.deepEqual(readdirSync(at('home/.ssh')), ['id_ed25519']);
	assert.equal(readFileSync(at('home/.ssh/id_ed25519'), 'utf8'), 'PRIVATE KEY');
});

test('the own folder of a plugin holds so much and no more, and what is overwritten does not count twice', async t => {
	const {broker, at, call} = world(t, {limits: {folderBytes: 1000}});
	const write = (name: string, length: number) => call('fs.write', ['data', name, 'x'.repeat(length)]);
	await write('deep/a', 600);
	assert.equal(await codeOf(write('b', 500)), 'CWS_PLUGIN_QUOTA');
	await write('deep/a', 300);
	await write('b', 500);
	writeFileSync(at('cws/data/hetzner/of-a-program'), 'y'.repeat(5000));
	assert.equal(await codeOf(write('c', 500)), 'CWS_PLUGIN_QUOTA');
	await call('fs.write', ['out', 'elsewhere', 'x'.repeat(2000)]);
	assert.equal(await read(broker, 'data', 'b'), 'x'.repeat(500));
});

test('only ordinary files are opened, of a size that fits, and what is missing says so in its details', async t => {
	const {broker, at, call} = world(t, {limits: {fileBytes: 1000, writtenPerHour: 1500}});
	execFileSync('mkfifo', [at('home/.config/hcloud/pipe')]);
	assert.equal(await codeOf(read(broker, 'config', 'pipe')), 'CWS_PLUGIN_DENIED');
	assert.equal(await codeOf(read(broker, 'config', 'sub')), 'CWS_PLUGIN_DENIED');
	writeFileSync(at('home/.config/hcloud/large'), 'x'.repeat(1001));
	assert.equal(await codeOf(read(broker, 'config', 'large')), 'CWS_PLUGIN_QUOTA');
	assert.equal(await codeOf(call('fs.write', ['out', 'large', 'x'.repeat(1001)])), 'CWS_INVALID_INPUT');
	await call('fs.write', ['out', 'a', 'x'.repeat(1000)]);
	assert.equal(await codeOf(call('fs.write', ['out', 'b', 'x'.repeat(501)])), 'CWS_PLUGIN_QUOTA');

	const missing = await failureOf(read(broker, 'config', 'nothing'));
	assert.equal(missing.code, 'CWS_FILE');
	assert.deepEqual(missing.details, {code: 'ENOENT'});
	assert.ok(!JSON.stringify(missing).includes('/proc/'));
	assert.equal(await codeOf(call('fs.write', ['out', '', 'x'])), 'CWS_PLUGIN_DENIED', 'a folder is no file');
	assert.ok(lstatSync(at('workspace/out')).isDirectory());
	// A second name of a file outside has to be made by somebody who may; it is that file.
	linkSync(at('home/.config/hcloud/cli.toml'), at('workspace/out/second'));
	assert.equal(await read(broker, 'out', 'second'), 'active = "work"');
});
