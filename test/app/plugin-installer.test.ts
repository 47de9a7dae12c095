import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {packFolder} from '../../source/app/pack-plugin.ts';
import {readPackage} from '../../source/host/package/read-package.ts';
import {writePackage} from '../../source/host/package/write-package.ts';
import {createPluginFolders} from '../../source/platform/plugin-folders.ts';
import {greeter, greeterCode, installerForTest, type InstallerForTest} from '../helpers/installer-for-test.ts';

const greet = ({host}: InstallerForTest, plugin = 'greeter') =>
	host.call<{readonly text: string}>({plugin, method: 'commands.greet', args: [{args: ['ada'], flags: {}}]});

const text = async (world: InstallerForTest) => {
	const answer = await greet(world);
	return answer.ok ? answer.value.text : answer.error.message;
};

test('a new plugin is blocked until it is allowed, and runs when it is', async () => {
	await using world = await installerForTest();
	const folder = world.write('greeter', {'plugin.json': greeter(), 'index.ts': greeterCode()});
	const blocked = await world.install(folder);
	assert.ok(blocked.ok, JSON.stringify(blocked));
	assert.equal(blocked.value.record.state, 'blocked');
	assert.equal(blocked.value.record.consent?.isUpdate, false);
	assert.equal(await text(world), 'The plugin `greeter` asks for 1 permission that nobody has granted yet.');
	const accepted = await world.accept(folder);
	assert.ok(accepted.ok, JSON.stringify(accepted));
	assert.equal(accepted.value.record.state, 'active');
	assert.equal(await text(world), 'hello ada');
	assert.deepEqual(readdirSync(world.plugins), ['greeter']);
	assert.deepEqual(readdirSync(path.join(world.plugins, 'greeter')).toSorted(), ['plugin.js', 'plugin.json']);
});

test('a package that was packed from a folder holds its templates and themes, and is the same each time', async () => {
	await using world = await installerForTest();
	const folder = world.write('greeter', {
		'plugin.json': greeter({
			contributes: {
				commands: [{name: 'greet', short: 'greets', handler: 'greet'}],
				templates: [{name: 'small', file: 'templates/small.yaml'}],
				themes: [{name: 'dusk', file: 'dusk.json'}],
			},
		}),
		'index.ts': greeterCode(),
		'templates/small.yaml': 'name: small\n',
		'dusk.json': {name: 'dusk'},
		'README.md': '# Greeter\n',
		'notes.txt': 'not for others',
	});
	const packed = await packFolder(folder);
	assert.ok(packed.ok, JSON.stringify(packed));
	assert.deepEqual(Object.keys(packed.value.texts), ['plugin.json', 'plugin.js', 'README.md']);
	const manifest = JSON.parse(packed.value.texts['plugin.json']) as {readonly main: string; readonly contributes: object};
	assert.equal(manifest.main, 'plugin.js');
	assert.deepEqual(manifest.contributes, {
		commands: [{name: 'greet', short: 'greets', handler: 'greet'}],
		templates: [{name: 'small', text: 'name: small\n'}],
		themes: [{name: 'dusk', theme: {name: 'dusk'}}],
	});
	const [first, second] = [await writePackage(packed.value.texts, 'x'), await writePackage(packed.value.texts, 'x')];
	assert.ok(first.ok && second.ok);
	assert.deepEqual(first.value, second.value);
	assert.deepEqual(await readPackage(first.value, 'x'), {ok: true, value: packed.value.texts});
});

test('code that takes a file from outside its folder along, or a module of Node, is not bundled', async () => {
	await using world = await installerForTest();
	writeFileSync(path.join(world.home, 'author/credentials.json'), '{"token": "sesame"}');
	const folder = world.write('greeter', {
		'plugin.json': greeter(),
		'index.ts': `import token from '../credentials.json';\n${greeterCode()}\nglobalThis.token = token;`,
	});
	const outside = await world.install(folder);
	assert.ok(!outside.ok && outside.error.code === 'CWS_PLUGIN_BUILD');
	assert.match(outside.error.message, /`\.\.\/credentials\.json` does not belong to the plugin/);

	symlinkSync(path.join(world.home, 'author/credentials.json'), path.join(folder, 'own.json'));
	world.write('greeter', {'index.ts': `import token from './own.json';\n${greeterCode()}\nglobalThis.token = token;`});
	const linked = await world.install(folder);
	assert.ok(!linked.ok && linked.error.code === 'CWS_PLUGIN_BUILD');

	world.write('greeter', {'index.ts': `${greeterCode()}\nimport {readFileSync} from 'node:fs';\nreadFileSync('/etc/passwd');`});
	const node = await world.install(folder);
	assert.ok(!node.ok && node.error.code === 'CWS_PLUGIN_BUILD');
	assert.match(node.error.message, /index\.ts:4:28: Could not resolve "node:fs": a plugin gets what it needs from its context/);

	world.write('greeter', {'index.ts': 'export default {\n\tcommands: {,}\n};'});
	const broken = await world.install(folder);
	assert.ok(!broken.ok && broken.error.details?.['line'] === 2, JSON.stringify(broken));
	assert.equal(existsSync(world.plugins), false);
});

const oneFile = `
export class MyCloud {
	constructor(config: object, dryRun: boolean) {}
	deploy(type: string, options: {name: string}) { return {status: 'created', id: '2'}; }
	list(type: string) { return [{id: '1', name: 'one', status: 'active'}]; }
	destroy(id: string) { return {status: 'not_found', id}; }
}
export {MyCloud as provider};
export const name = 'my_cloud';
`;

test('a plugin in one file is bundled, and says in a sandbox what it is', async () => {
	await using world = await installerForTest();
	const folder = world.write('loose', {'my_cloud_provider.ts': oneFile, 'other.ts': 'export const other = 1;'});
	const file = path.join(folder, 'my_cloud_provider.ts');
	const installed = await world.accept(file);
	assert.ok(installed.ok, JSON.stringify(installed));
	assert.equal(installed.value.plugin, 'my-cloud');
	assert.equal(installed.value.record.state, 'active');
	const target = {provider: 'my-cloud', type: 'vm', id: '1', name: 'one'};
	assert.deepEqual(await world.host.call({plugin: 'my-cloud', method: 'provider.destroy', args: [target]}), {
		ok: true,
		value: {status: 'not_found', id: '1'},
	});

	writeFileSync(file, `import {other} from './other.ts';\n${oneFile}\nglobalThis.x = other;`);
	const more = await world.install(file);
	assert.ok(!more.ok && more.error.code === 'CWS_PLUGIN_BUILD', 'one file is one file');
	writeFileSync(file, 'export const nothing = 1;');
	const empty = await world.install(file);
	assert.ok(!empty.ok);
	assert.match(`${empty.error.message} ${empty.error.cause}`, /exports no plugin/);
});

test('an update says what changed and from which version, and one that does not start leaves the old one in service', async () => {
	await using world = await installerForTest();
	const folder = world.write('greeter', {'plugin.json': greeter(), 'index.ts': greeterCode()});
	assert.ok((await world.accept(folder)).ok);
	world.write('greeter', {
		'plugin.json': greeter({version: '1.1.0'}),
		'index.ts': greeterCode('hi'),
		'CHANGELOG.md': '# Changes\n\n## 1.1.0\n\n- Says hi\n- Faster\n\n## 1.0.0\n\n- First\n',
	});
	const updated = await world.accept(folder);
	assert.ok(updated.ok, JSON.stringify(updated));
	assert.deepEqual(
		[updated.value.previousVersion, updated.value.version, updated.value.changes, updated.value.needsRestart],
		['1.0.0', '1.1.0', 'Says hi, Faster', false],
	);
	assert.equal(await text(world), 'hi ada');

	world.write('greeter', {
		'plugin.json': greeter({version: '1.2.0'}),
		'index.ts': `${greeterCode()}\nthrow new Error('born dead');`,
	});
	const grant = world.keep.grants.get('user/greeter');
	const bad = await world.accept(folder);
	assert.ok(!bad.ok && bad.error.code === 'CWS_PLUGIN_FAILED');
	assert.match(bad.error.message, /1\.2\.0 of the plugin `greeter` does not start; 1\.1\.0 is back/);
	assert.equal(await text(world), 'hi ada');
	assert.deepEqual(world.keep.grants.get('user/greeter'), grant);
	assert.deepEqual(readdirSync(world.plugins), ['greeter']);
	assert.match(readFileSync(path.join(world.plugins, 'greeter/plugin.json'), 'utf8'), /"1\.1\.0"/);
});

test('what is removed leaves nothing: no folder, no grant, no secret, no value, no data; and it asks first', async () => {
	await using world = await installerForTest();
	const folder = world.write('greeter', {'plugin.json': greeter(), 'index.ts': greeterCode()});
	assert.ok((await world.accept(folder)).ok);
	await world.secrets.set({plugin: 'user/greeter', name: 'token'}, 'sesame');
	await world.keep.changeEntries('user/greeter', [{key: 'count', value: 1}], 1000);
	assert.ok(existsSync(path.join(world.home, 'data/greeter~user')));

	const unsure = await world.remove('greeter', 'greet');
	assert.ok(!unsure.ok && unsure.error.code === 'CWS_DENIED');
	assert.equal(await text(world), 'hello ada');

	assert.deepEqual(await world.remove('greeter'), {ok: true, value: undefined});
	assert.deepEqual(readdirSync(world.plugins), []);
	assert.deepEqual([world.keep.grants.size, world.secrets.values.size], [0, 0]);
	assert.equal((world.keep.entries.get('user/greeter') ?? new Map()).size, 0);
	assert.equal(existsSync(path.join(world.home, 'data/greeter~user')), false);
	assert.deepEqual(world.host.records(), []);
	const again = await world.remove('greeter');
	assert.ok(!again.ok && again.error.code === 'CWS_NO_PLUGIN');
});

test('a source that is nothing, no plugin, or of the wrong name is refused with what to do', async () => {
	await using world = await installerForTest();
	const folder = world.write('plain', {'read.me': 'x'});
	for (const [source, problem] of [
		[path.join(world.home, 'nowhere'), /There is no/],
		[folder, /plugin\.json/],
		[path.join(folder, 'read.me'), /does not end in `\.cwsplugin`/],
	] as const) {
		const outcome = await world.install(source);
		assert.ok(!outcome.ok);
		assert.match(outcome.error.message, problem);
	}

	const wrong = world.write('wrong', {'plugin.json': greeter({id: 'list', versoin: '1'}), 'index.ts': greeterCode()});
	const outcome = await world.install(wrong);
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_PLUGIN_MANIFEST');
});

test('an update that was cut off between its two renames goes back to the old version, and leftovers go away', async () => {
	await using world = await installerForTest();
	let later = 0;
	const folders = createPluginFolders(world.plugins, () => Date.now() + later);
	const old = folders.stage({'plugin.json': 'old'});
	assert.ok(old.ok && old.value.place('greeter').ok);
	renameSync(path.join(world.plugins, 'greeter'), path.join(world.plugins, '_previous-greeter'));
	const left = path.join(world.plugins, '_staged-1-1');
	mkdirSync(left);
	utimesSync(left, 0, 0);
	assert.ok(folders.remove('nothing').ok);
	assert.equal(existsSync(path.join(world.plugins, 'greeter')), false, 'another cws may be at it');
	later = 2 * 3_600_000;
	assert.ok(folders.remove('nothing').ok);
	assert.deepEqual(readdirSync(world.plugins), ['greeter']);
	assert.equal(readFileSync(path.join(world.plugins, 'greeter/plugin.json'), 'utf8'), 'old');
});
