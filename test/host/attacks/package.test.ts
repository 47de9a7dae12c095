import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {zstdCompressSync} from 'node:zlib';
import {payloadType} from '../../../source/host/package/package-format.ts';
import {readPackage} from '../../../source/host/package/read-package.ts';
import {writePackage} from '../../../source/host/package/write-package.ts';
import {greeter, greeterCode, installerForTest} from '../../helpers/installer-for-test.ts';

const manifest = JSON.stringify({...greeter(), main: 'plugin.js'});
const sum = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const entry = (name: string, text: string, more: object = {}) => ({name, sha256: sum(text), text, ...more});
const whole = [entry('plugin.json', manifest), entry('plugin.js', 'module.exports = {}')];

/** A package as an attacker writes one: everything right but what is attacked. */
function forged(document: string | object, envelope: object = {}): Uint8Array {
	const payload = zstdCompressSync(Buffer.from(typeof document === 'string' ? document : JSON.stringify(document)));
	return Buffer.from(
		`${JSON.stringify({payloadType, payload: payload.toString('base64'), sha256: sum(payload), signatures: [], ...envelope})}\n`,
	);
}

async function refused(bytes: Uint8Array): Promise<string> {
	const read = await readPackage(bytes, 'evil.cwsplugin');
	assert.ok(!read.ok, 'it was accepted');
	assert.equal(read.error.code, 'CWS_PLUGIN_PACKAGE');
	return read.error.message;
}

test('what the attacks change is all that is wrong with them', async () => {
	assert.ok((await readPackage(forged({format: 1, files: whole}), 'fine.cwsplugin')).ok);
});

test('zip-slip: a path, absolute, with a backslash, a drive letter or a NUL is refused, and nothing is written', async () => {
	await using world = await installerForTest();
	for (const name of [
		'../../.ssh/authorized_keys',
		'/etc/cron.d/x',
		'..\\..\\x',
		'C:\\x',
		'plugin.js\0.txt',
		'./plugin.js',
		'a/plugin.js',
	]) {
		const bytes = forged({format: 1, files: [...whole, entry(name, 'gotcha')]});
		assert.match(await refused(bytes), /which no package may have/, name);
		const file = path.join(world.home, 'evil.cwsplugin');
		writeFileSync(file, bytes);
		assert.ok(!(await world.accept(file)).ok);
	}

	assert.equal(existsSync(world.plugins), false);
	assert.deepEqual(readdirSync(world.home).toSorted(), ['author', 'cache', 'data', 'evil.cwsplugin']);
});

test('symlink-entry, hardlink-entry, device-entry: a file that is said to be more than a text is refused', async () => {
	for (const more of [{type: 'symlink', link: '/etc/passwd'}, {linkname: 'plugin.js'}, {type: 'device', major: 1}, {mode: 0o4755}]) {
		const files = [whole[0], entry('plugin.js', 'module.exports = {}', more)];
		assert.match(await refused(forged({format: 1, files})), /a file in it has the field/);
	}

	assert.match(
		await refused(forged({format: 1, files: [...whole, {name: 'README.md', sha256: sum('x'), text: {link: '/x'}}]})),
		/sum it names/,
	);
});

test('duplicate-name: a name that stands twice is refused, as a file and as a field', async () => {
	assert.match(await refused(forged({format: 1, files: [...whole, entry('plugin.js', 'other')]})), /`plugin.js` twice/);
	const twice = JSON.stringify({format: 1, files: whole}).replace('"name":"plugin.js"', '"name":"README.md","name":"plugin.js"');
	assert.match(await refused(forged(twice)), /not written by `cws plugin pack`/);
	const envelope = Buffer.from(forged({format: 1, files: whole}))
		.toString()
		.replace('{"payloadType"', '{"payloadType":"x","payloadType"');
	assert.match(await refused(Buffer.from(envelope)), /not written by `cws plugin pack`/);
});

test('case-fold-name: a name in other letters is none of the list', async () => {
	for (const name of ['Plugin.json', 'PLUGIN.JS', 'plugin.jſ', 'plugin.js ', 'plugin.js.', 'readme.md']) {
		assert.match(await refused(forged({format: 1, files: [...whole, entry(name, 'x')]})), /which no package may have/, name);
	}
});

test('decompress-bomb: zeros without end stop at the largest size a document may have', async () => {
	const zeros = zstdCompressSync(Buffer.alloc(256 * 1024 * 1024));
	assert.ok(zeros.length < 100_000, 'a small file');
	const before = process.memoryUsage().rss;
	const bytes = Buffer.from(`${JSON.stringify({payloadType, payload: zeros.toString('base64'), sha256: sum(zeros), signatures: []})}\n`);
	assert.match(await refused(bytes), /unpacks to more than 16 MB/);
	assert.ok(process.memoryUsage().rss - before < 128 * 1024 * 1024);
});

test('a package that is too large, damaged, of another kind, or not a package at all is refused before it is unpacked', async () => {
	assert.match(await refused(Buffer.alloc(6 * 1024 * 1024, 32)), /are the most/);
	assert.match(await refused(forged({format: 1, files: whole}, {sha256: sum('other')})), /damaged/);
	assert.match(await refused(forged({format: 1, files: whole}, {payloadType: 'application/zip'})), /something else than a plugin/);
	assert.match(await refused(forged({format: 2, files: whole})), /another version of cws/);
	assert.match(await refused(forged({format: 1, files: [whole[1]]})), /no `plugin.json`/);
	assert.match(
		await refused(forged({format: 1, files: [whole[0], {...whole[1], sha256: sum('other')}]})),
		/`plugin.js` does not have the sum/,
	);
	for (const junk of ['', '{}', 'null', '[]', 'PK\u0003\u0004', '\u007FELF']) {
		assert.match(await refused(Buffer.from(junk)), /cannot be installed/, junk);
	}

	assert.match(await refused(Buffer.from([0xff, 0xfe, 0x00])), /not a package of cws/);
});

test('perm-escalation: an update that asks for more does not take over, and the old version goes on; perm-rename counts as more', async () => {
	await using world = await installerForTest();
	const http = (hosts: readonly string[], methods = ['GET']) => ({permissions: {http: [{hosts, methods, reason: 'to greet'}]}});
	const folder = world.write('greeter', {'plugin.json': greeter(http(['api.example.com'])), 'index.ts': greeterCode()});
	assert.ok((await world.accept(folder)).ok);
	const greet = () => world.host.call({plugin: 'greeter', method: 'commands.greet', args: [{args: [], flags: {}}]});
	assert.deepEqual(await greet(), {ok: true, value: {text: 'hello'}});
	for (const more of [
		http(['*.example.com']),
		http(['api.example.com'], ['GET', 'DELETE']),
		{permissions: {exec: [{id: 'sh', command: 'sh', args: [], reason: 'because'}]}},
	]) {
		world.write('greeter', {'plugin.json': greeter({...more, version: '1.1.0'}), 'index.ts': greeterCode('evil')});
		const update = await world.install(folder);
		assert.ok(!update.ok);
		assert.equal(update.error.code, 'CWS_PLUGIN_CONSENT');
		assert.match(update.error.message, /1\.0\.0 stays/);
		assert.match(JSON.stringify(update.error.details), /"needed":\[\{/);
		assert.deepEqual(await greet(), {ok: true, value: {text: 'hello'}});
	}

	assert.ok((await world.accept(folder)).ok);
	assert.deepEqual(await greet(), {ok: true, value: {text: 'evil'}});
});

test('toctou-file: what is installed is what was shown, and what runs is what was hashed', async () => {
	await using world = await installerForTest();
	const file = path.join(world.home, 'greeter.cwsplugin');
	const pack = async (code: string) => {
		const written = await writePackage({'plugin.json': manifest, 'plugin.js': code}, file);
		assert.ok(written.ok);
		writeFileSync(file, written.value);
	};
	await pack('module.exports = {commands: {greet: () => ({text: "good"})}}');
	const shown = await world.installer.prepare(file);
	assert.ok(shown.ok);
	await shown.value.discard();
	await pack('module.exports = {commands: {greet: () => ({text: "evil"})}}');
	const swapped = await world.install(file, shown.value.preview.digest);
	assert.ok(!swapped.ok && swapped.error.code === 'CWS_PLUGIN_CONSENT');
	assert.match(swapped.error.message, /changed meanwhile/);
	assert.deepEqual(world.host.records(), []);

	assert.ok((await world.accept(file)).ok);
	// In its place too: a change after the grant is not what was allowed.
	writeFileSync(path.join(world.plugins, 'greeter/plugin.js'), 'module.exports = {commands: {greet: () => ({text: "worse"})}}');
	const reloaded = await world.host.reload('greeter');
	assert.ok(!reloaded.ok && reloaded.error.code === 'CWS_PLUGIN_CONSENT');
	assert.deepEqual(await world.host.call({plugin: 'greeter', method: 'commands.greet', args: [{args: [], flags: {}}]}), {
		ok: true,
		value: {text: 'evil'},
	});
});
