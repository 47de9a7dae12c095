import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, test} from 'node:test';
import {failure} from '../../../source/core/failure/failure.ts';
import {type DiscoveryRules, discoverPlugins} from '../../../source/host/manifest/discover.ts';
import {type PluginDirectory} from '../../../source/host/manifest/places.ts';

const good = {id: 'acme', version: '1.0.0', title: 'Acme', kind: 'provider', api: 1, main: 'index.js'};
let root = '';

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), 'cws-discover-'));
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

function write(folder: string, manifest: unknown) {
	mkdirSync(path.join(root, folder), {recursive: true});
	writeFileSync(path.join(root, folder, 'plugin.json'), typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
}

const found = (...directories: readonly string[]) =>
	discoverPlugins(directories.map(directory => ({origin: 'bundled', directory: path.join(root, directory)})));

const problemOf = (manifest: unknown) => {
	write('p/acme', manifest);
	const [plugin] = found('p');
	return plugin!.error;
};

test('finds every folder with a manifest, in order, and nothing where there is no directory', () => {
	write('p/zeta', {...good, id: 'zeta'});
	write('p/acme', good);
	mkdirSync(path.join(root, 'p/empty'));
	assert.deepEqual(
		found('p', 'nowhere').map(({manifest, error}) => [manifest.id, error]),
		[
			['acme', undefined],
			['zeta', undefined],
		],
	);
});

test('the first directory wins and the other copy stays visible', () => {
	write('mine/acme', {...good, version: '2.0.0'});
	write('theirs/acme', good);
	const [mine, theirs] = found('mine', 'theirs');
	assert.equal(mine!.shadowedBy, undefined);
	assert.equal(theirs!.shadowedBy, path.join(root, 'mine/acme'));
});

test('broken JSON is an error that names the file and what the parser said', () => {
	const error = problemOf('{"id": ');
	assert.equal(error?.code, 'CWS_PLUGIN_MANIFEST');
	assert.match(error?.message ?? '', /plugin\.json:1:8` cannot be read/);
	assert.match(error?.cause ?? '', /JSON/);
	assert.match(error?.fix ?? '', /Mend the JSON/);
});

test('a wrong field is named with the file and how to mend it', () => {
	for (const [change, field, message, fix] of [
		[{id: undefined}, 'id', /is missing/, /Give `id` a text/],
		[{id: 'Acme_1'}, 'id', /is `Acme_1`/, /lower-case/],
		[{id: 'acme--x'}, 'id', /is `acme--x`/, /single dashes/],
		[{id: 'list'}, 'id', /a word cws keeps for itself/, /another id/],
		[{id: 'other'}, 'id', /its folder is `acme`/, /same name/],
		[{version: '1.0'}, 'version', /is `1\.0`/, /semantic version/],
		[{kind: 'provder'}, 'kind', /is `provder`/, /Use `provider`/],
		[{main: '../x.js'}, 'main', /outside/, /folder of the plugin/],
		[{api: undefined}, 'api', /missing/, /Set `api` to 1/],
	] as const) {
		const error = problemOf({...good, ...change});
		assert.equal(error?.details?.['field'], field);
		assert.match(error.message, message);
		assert.match(error.message, /plugin\.json/);
		assert.match(error.fix ?? '', fix);
	}
});

test('a manifest that is no object, and hostile text in one, do no harm', () => {
	assert.match(problemOf('[]')?.message ?? '', /is not an object/);
	write('p/acme', {...good, title: 'Ac\u001B[2Jme'});
	assert.equal(found('p')[0]!.manifest.title, 'Ac␛[2Jme');
});

const at = (origin: PluginDirectory['origin'], directory: string, more: Partial<PluginDirectory> = {}): PluginDirectory => ({
	origin,
	directory: path.join(root, directory),
	...more,
});

/** Found plugins as `origin/id` with what became of them. */
const summary = (directories: readonly PluginDirectory[], rules: DiscoveryRules = {}) =>
	discoverPlugins(directories, rules).map(({manifest, origin, error, refusal, shadowedBy}) =>
		[`${origin}/${manifest.id}`, error && 'wrong', refusal?.stage, shadowedBy && 'shadowed'].filter(Boolean).join(' '),
	);

test('of six places the earlier wins, and every copy stays visible with its origin', () => {
	const origins = ['directory', 'project', 'user', 'package', 'system', 'bundled'] as const;
	for (const origin of origins) {
		write(`${origin}/acme`, good);
	}

	writeFileSync(path.join(root, 'package/acme/package.json'), JSON.stringify({keywords: ['cws-plugin']}));
	assert.deepEqual(
		summary(origins.map(origin => at(origin, origin, origin === 'package' ? {shape: 'packages'} : {}))),
		origins.map((origin, index) => `${origin}/acme${index === 0 ? '' : ' shadowed'}`),
	);
});

test('folders that begin with `_` or a dot are skipped', () => {
	write('p/_draft', {...good, id: 'draft'});
	write('p/.hidden', {...good, id: 'hidden'});
	write('p/acme', good);
	assert.deepEqual(summary([at('user', 'p')]), ['user/acme']);
});

test('`_` counts as `-` in ids, folders and dependencies', () => {
	write('p/my_cloud', {...good, id: 'my_cloud', dependencies: {other_one: '*'}});
	const [plugin] = found('p');
	assert.equal(plugin!.error, undefined);
	assert.equal(plugin!.manifest.id, 'my-cloud');
	assert.deepEqual(plugin!.manifest.dependencies, {'other-one': '*'});
});

test('two folders side by side with one id are a conflict that names both', () => {
	write('p/my-cloud', {...good, id: 'my-cloud'});
	write('p/my_cloud', {...good, id: 'my_cloud'});
	const [first, second] = found('p');
	assert.equal(first!.error, undefined);
	assert.match(second!.error?.message ?? '', /my_cloud` has the id `my-cloud`, and so has `.*my-cloud` beside it/);
});

test('a plugin for another API is refused with the reason, and hides nothing', () => {
	write('new/acme', {...good, api: '1.99'});
	write('old/acme', good);
	const plugins = discoverPlugins([at('user', 'new'), at('system', 'old')]);
	assert.deepEqual(
		plugins.map(({origin, refusal, shadowedBy}) => [origin, refusal?.error.code, shadowedBy]),
		[
			['system', undefined, undefined],
			['user', 'CWS_PLUGIN_INCOMPATIBLE', undefined],
		],
	);
	assert.match(plugins[1]!.refusal?.error.message ?? '', /asks for plugin API "1\.99", and this cws has plugin API 1\./);
	assert.match(plugins[1]!.refusal?.error.fix ?? '', /Update cws/);
	assert.deepEqual([plugins[1]!.manifest.version, plugins[1]!.manifest.title], ['1.0.0', 'Acme']);
});

test('two plugins that serve below one prefix are a conflict that names both, plugins without endpoints are none', () => {
	const endpoints = {contributes: {endpoints: [{method: 'GET', path: '/x', handler: 'x'}]}};
	write('p/acme', {...good, ...endpoints, routerPrefix: '/cloud'});
	write('p/cloud', {...good, ...endpoints, id: 'cloud'});
	write('p/plain', {...good, id: 'plain'});
	write('p/plain-too', {...good, id: 'plain-too'});
	const errors = found('p').map(({error}) => error?.message ?? '');
	assert.match(errors[1] ?? '', /p\/cloud` serves its endpoints below `\/cloud`, and so does `.*p\/acme`/);
	assert.deepEqual([errors[0], errors[2], errors[3]], ['', '', '']);
});

test('plugins of a folder nobody trusts are shown, do not run and hide nothing', () => {
	write('project/acme', good);
	write('user/acme', good);
	let isTrusted = false;
	const project = at('project', 'project', {
		refuse: () => (isTrusted ? undefined : failure('CWS_PLUGIN_UNTRUSTED', {message: 'Nobody trusts it.'})),
	});
	assert.deepEqual(summary([project, at('user', 'user')]), ['user/acme', 'project/acme security']);
	isTrusted = true;
	assert.deepEqual(summary([project, at('user', 'user')]), ['project/acme', 'user/acme shadowed']);
});

test('the plugins of other programs in the folder of a project are none of ours', () => {
	write('project/theirs', {type: 'panel', name: 'Theirs', id: 'theirs'});
	write('project/almost', {...good, id: 'almost', kind: 'provder'});
	assert.deepEqual(summary([at('project', 'project')]), ['project/almost wrong']);
	assert.deepEqual(summary([at('user', 'project')]), ['user/almost wrong', 'user/theirs wrong']);
});

test('the deny list keeps a plugin from running, the allow list everything else', () => {
	write('p/acme', good);
	write('p/my-cloud', {...good, id: 'my-cloud'});
	const one = (rules: DiscoveryRules) => summary([at('user', 'p')], rules);
	assert.deepEqual(one({deny: ['acme']}), ['user/my-cloud', 'user/acme security']);
	assert.deepEqual(one({allow: ['my_cloud']}), ['user/my-cloud', 'user/acme security']);
	assert.deepEqual(one({allow: ['*']}), ['user/acme', 'user/my-cloud']);
	assert.deepEqual(one({deny: ['*']}), ['user/acme security', 'user/my-cloud security']);
	assert.deepEqual(one({deny: ['*'], allow: ['acme']}), ['user/acme', 'user/my-cloud security']);
	const [, denied] = discoverPlugins([at('user', 'p')], {deny: ['acme']});
	assert.match(denied!.refusal?.error.message ?? '', /`acme` is on the list `plugins\.deny`/);
});

test('what really lies among the plugins of cws is bundled, and never of the project', () => {
	write('cws/plugins/acme', good);
	write('cws/other', {...good, id: 'other'});
	mkdirSync(path.join(root, 'work'));
	symlinkSync(path.join(root, 'cws/plugins'), path.join(root, 'work/plugins'));
	const rules = {ownDirectories: [path.join(root, 'cws/plugins')]};
	assert.deepEqual(summary([at('project', 'work/plugins')], rules), []);
	assert.deepEqual(summary([at('directory', 'work/plugins'), at('bundled', 'cws/plugins')], rules), ['bundled/acme']);
	assert.deepEqual(summary([at('user', 'cws')], rules), ['user/other']);
	assert.deepEqual(summary([at('project', 'cws/plugins')]), ['project/acme']);
});

test('one folder found on two ways is one plugin', () => {
	write('p/acme', good);
	symlinkSync(path.join(root, 'p'), path.join(root, 'link'));
	assert.deepEqual(summary([at('directory', 'link'), at('user', 'p')]), ['directory/acme']);
});

test('`--plugin-dir` takes one plugin too, whatever its folder is called', () => {
	write('checkout-of-acme', good);
	assert.deepEqual(summary([at('directory', 'checkout-of-acme')]), ['directory/acme']);
});

test('npm packages count only with the keyword, also in a scope, and their manifest may lie deeper', () => {
	const pack = (name: string, content: Readonly<Record<string, unknown>>, inner = '') => {
		write(`node_modules/${name}${inner}`, {...good, id: path.basename(name)});
		writeFileSync(path.join(root, 'node_modules', name, 'package.json'), JSON.stringify(content));
	};

	pack('acme', {keywords: ['cws-plugin']});
	pack('@ada/zeta', {keywords: ['cloud', 'cws-plugin'], cws: 'dist'}, '/dist');
	pack('unrelated', {keywords: ['plugin']});
	pack('escapes', {keywords: ['cws-plugin'], cws: '../unrelated'});
	mkdirSync(path.join(root, 'node_modules/broken'));
	writeFileSync(path.join(root, 'node_modules/broken/package.json'), '{');
	assert.deepEqual(summary([at('package', 'node_modules', {shape: 'packages'})]), ['package/zeta', 'package/acme']);
});

test('a plugin in one file is found after the folders, and says how it is installed', () => {
	mkdirSync(path.join(root, 'p'));
	for (const file of ['my_provider.ts', 'other_plugin.mjs', 'helper.ts', '_draft_provider.ts', 'my_provider.d.ts', 'list.js']) {
		writeFileSync(path.join(root, 'p', file), '');
	}

	write('p/zeta', {...good, id: 'zeta'});
	const plugins = discoverPlugins([at('user', 'p')]);
	assert.deepEqual(
		plugins.map(({manifest, refusal}) => [manifest.id, refusal?.stage]),
		[
			['zeta', undefined],
			['my-provider', 'manifest'],
			['other-plugin', 'manifest'],
		],
	);
	assert.equal(plugins[1]!.refusal?.error.fix, `cws plugin install ${path.join(root, 'p/my_provider.ts')}`);
});

test('a manifest that is a pipe, too large or nested too deep is an error or none, and keeps nobody waiting', () => {
	mkdirSync(path.join(root, 'p/pipe'), {recursive: true});
	execFileSync('mkfifo', [path.join(root, 'p/pipe/plugin.json')]);
	write('p/deep', JSON.stringify({...good, id: 'deep', x: 0}).replace('0}', `${'['.repeat(200_000)}${']'.repeat(200_000)}}`));
	write('p/large', JSON.stringify({...good, id: 'large', description: 'x'.repeat(1_100_000)}));
	assert.deepEqual(
		found('p').map(({manifest, error}) => [manifest.id, error?.cause?.replace(/\d+ bytes/, 'N bytes')]),
		[
			['deep', 'it is nested too deep'],
			['large', 'it has N bytes, and 1048576 are the most'],
		],
	);
});

test('text of several lines keeps them where a person reads them so, and nothing hostile', () => {
	write('p/acme', {
		...good,
		contributes: {
			commands: [{name: 'a', short: 'one\ntwo', long: 'first\n\u001B[2Jsecond', handler: 'a'}],
			templates: [{name: 't', text: 'name: t\nsize: small\n'}],
		},
	});
	const {commands, templates} = found('p')[0]!.manifest.contributes!;
	assert.deepEqual([commands![0]!.short, commands![0]!.long], ['one two', 'first\n␛[2Jsecond']);
	assert.equal(templates![0]!.text, 'name: t\nsize: small\n');
});

test('what is read before the schema was is of the right shape', () => {
	for (const [change, pointer] of [
		[{contributes: []}, '/contributes'],
		[{contributes: {resourceTypes: {}}}, '/contributes/resourceTypes'],
		[{contributes: {commands: ['x']}}, '/contributes/commands'],
		[{contributes: {resourceTypes: [{type: 'vm'}]}}, '/contributes/resourceTypes/0/operations'],
		[{contributes: {tasks: [{name: 'a', handler: 'a', everySeconds: 'often'}]}}, '/contributes/tasks/0/everySeconds'],
		[{contributes: {events: [{on: 7, handler: 'a'}]}}, '/contributes/events/0/on'],
		[{contributes: {commands: [{name: 'a', short: 'A', aliases: 'b'}]}}, '/contributes/commands/0/aliases'],
		[{requires: null}, '/requires'],
		[{dependencies: {other: 1}}, '/dependencies/other'],
		[{config: 'none'}, '/config'],
		[{permissions: {http: 'all'}}, '/permissions/http'],
		[{permissions: {ui: [{}]}}, '/permissions/ui'],
		[{permissions: 'all'}, '/permissions'],
		[{activation: 'onStartup'}, '/activation'],
	] as const) {
		assert.equal(problemOf({...good, ...change})?.details?.['pointer'], pointer);
	}
});
