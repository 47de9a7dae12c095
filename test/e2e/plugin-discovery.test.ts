import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {jsonOf, runCws} from './support/run-cws.ts';
import {freshHome} from './support/start-cws.ts';

type Listed = {
	readonly plugins: readonly {
		readonly id: string;
		readonly origin: string;
		readonly state: string;
		readonly error?: {readonly code: string; readonly fix?: string};
	}[];
};

const manifest = {id: 'acme', version: '1.0.0', title: 'Acme', kind: 'provider', api: 1, main: 'index.js', engines: {cws: '>=0.1.0'}};

/** A home and a project beside it, with what puts plugins into both. */
function createPlace(t: TestContext) {
	const home = freshHome(t);
	const project = path.join(home, 'project');
	const install = (directory: string, change: Readonly<Record<string, unknown>> = {}) => {
		const own = {...manifest, ...change};
		const folder = path.join(directory, own.id);
		mkdirSync(folder, {recursive: true});
		writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(own, undefined, '\t'));
		writeFileSync(path.join(folder, 'index.js'), 'export default {provider: {async *list() { yield {resources: []}; }}};\n');
		return folder;
	};
	mkdirSync(project);
	const cws = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => runCws(args, {home, cwd: project, env});
	const list = async (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) => {
		const {plugins} = jsonOf<Listed>(await cws(['plugin', 'list', '--json', ...args], env));
		return plugins
			.filter(({origin}) => origin !== 'bundled')
			.map(({id, origin, state, error}) => `${origin}/${id} ${state} ${error?.code ?? ''}`.trim());
	};
	return {home, project, user: path.join(home, 'config/plugins'), install, cws, list};
}

test('the plugins of a folder are asked about before they count, and both switches leave them out', async t => {
	const place = createPlace(t);
	place.install(path.join(place.project, 'plugins'));
	place.install(place.user);
	const [first, second] = await place.list();
	assert.match(first ?? '', /^user\/acme /);
	assert.equal(second, 'project/acme blocked CWS_PLUGIN_UNTRUSTED');
	const shown = await place.cws(['plugin', 'list']);
	assert.match(shown.stdout, /acme \(project\) is blocked: The plugins of the folder .* are not trusted yet\.\ntry: cws plugin trust \.\n/);

	assert.equal((await place.cws(['plugin', 'trust', '.'])).code, 0);
	const [mine, theirs] = await place.list();
	assert.match(mine ?? '', /^project\/acme (?!blocked CWS_PLUGIN_UNTRUSTED)/);
	assert.equal(theirs, 'user/acme shadowed CWS_PLUGIN_DISABLED');
	for (const name of ['CWS_PLUGINS_DISABLE_LOCAL_DISCOVERY', 'PLUGINS_DISABLE_LOCAL_DISCOVERY']) {
		assert.equal(
			(await place.list([], {[name]: 'true'})).some(line => line.startsWith('project/')),
			false,
			name,
		);
	}

	assert.equal((await place.cws(['plugin', 'trust', '--remove', '.'])).code, 0);
	assert.ok((await place.list()).includes('project/acme blocked CWS_PLUGIN_UNTRUSTED'));
});

test('a place named by hand wins, and a plugin of a newer API or on the deny list is listed with the reason', async t => {
	const place = createPlace(t);
	const mine = place.install(path.join(place.project, 'mine'));
	place.install(place.user);
	place.install(place.user, {id: 'newer', api: '1.99'});
	place.install(place.user, {id: 'unwanted'});
	mkdirSync(path.join(place.home, 'config'), {recursive: true});
	writeFileSync(path.join(place.home, 'config/config.toml'), '[plugins]\ndeny = ["unwanted"]\n');
	const lines = await place.list(['--plugin-dir', mine]);
	assert.match(lines[0] ?? '', /^directory\/acme /);
	assert.deepEqual(lines.slice(1), [
		'user/acme shadowed CWS_PLUGIN_DISABLED',
		'user/newer blocked CWS_PLUGIN_INCOMPATIBLE',
		'user/unwanted blocked CWS_PLUGIN_DISABLED',
	]);
});

test('the built program refuses a permission that is too wide, with file, line, column and fix', async t => {
	const place = createPlace(t);
	const folder = place.install(place.user, {permissions: {http: [{hosts: ['*.github.io'], reason: 'its pages'}]}});
	const {stdout} = await place.cws(['plugin', 'status', 'acme']);
	assert.ok(
		stdout.includes(`Last error: \`/permissions/http/0/hosts/0\` in \`${path.join(folder, 'plugin.json')}:15:6\` is \`*.github.io\``),
		stdout,
	);
	place.install(place.user, {permissions: {http: [{hosts: ['*.pages.acme.example'], reason: 'its pages'}]}});
	assert.doesNotMatch((await place.cws(['plugin', 'status', 'acme'])).stdout, /plugin\.json/);
});
