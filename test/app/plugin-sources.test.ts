import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, test} from 'node:test';
import {pluginSources} from '../../source/app/plugin-sources.ts';
import {type Settings} from '../../source/core/settings.ts';
import {createTrustedFolders} from '../../source/platform/trusted-folders.ts';
import {loadSettings} from '../../source/platform/settings/load-settings.ts';

let root = '';

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), 'cws-sources-'));
	mkdirSync(path.join(root, 'work/plugins'), {recursive: true});
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

function look(more: Partial<Parameters<typeof pluginSources>[0]> & {readonly off?: boolean} = {}) {
	const directories = {config: `${root}/config`, data: `${root}/data`, state: `${root}/state`, cache: `${root}/cache`};
	const {settings} = loadSettings({directories, cwd: root, environment: {}});
	const own: Settings = {...settings, plugins: {...settings.plugins, disableLocalDiscovery: more.off === true}};
	return pluginSources({
		environment: {},
		cwd: path.join(root, 'work'),
		directories,
		settings: own,
		trusted: createTrustedFolders(directories.data),
		...more,
	});
}

const origins = (found: ReturnType<typeof pluginSources>) => found.sources.map(({origin}) => origin);

test('the six places come in their order, those named by hand first', () => {
	const found = look({pluginDirs: ['mine'], environment: {CWS_PLUGIN_DIR: `/a${path.delimiter}/b`}});
	assert.deepEqual(origins(found), ['directory', 'directory', 'directory', 'project', 'user', 'package', 'system', 'bundled']);
	assert.deepEqual(
		found.sources.slice(0, 5).map(({directory}) => directory),
		[`${root}/work/mine`, '/a', '/b', `${root}/work/plugins`, `${root}/config/plugins`],
	);
	assert.equal(found.sources.at(-2)!.directory, '/usr/lib/cws/plugins');
});

test('a place named by hand that is not there is said, not swallowed', () => {
	const {problems} = look({pluginDirs: ['plugins', 'mine']});
	assert.deepEqual(
		problems.map(({code, message}) => [code, message]),
		[['CWS_CONFIG', `There is no \`${root}/work/mine\` to look for plugins in.`]],
	);
});

test('the folder of a project is refused until it is trusted, and from then on without a new start', () => {
	const trusted = createTrustedFolders(`${root}/data`);
	const project = look({trusted}).sources.find(({origin}) => origin === 'project')!;
	const refused = project.refuse?.();
	assert.equal(refused?.code, 'CWS_PLUGIN_UNTRUSTED');
	assert.equal(refused.fix, 'cws plugin trust .');
	trusted.trust(path.join(root, 'work'));
	assert.equal(project.refuse?.(), undefined);
});

test('a checkout of cws has no plugins of a project: they come with cws', () => {
	const file = path.join(root, 'work/package.json');
	writeFileSync(file, '{"name": "cws", "private": true}');
	assert.equal(origins(look()).includes('project'), false);
	for (const other of ['{"name": "shop"}', '{"name": 1}', 'no json']) {
		writeFileSync(file, other);
		assert.equal(origins(look()).includes('project'), true, other);
	}
});

test('the setting leaves the folder of the project out', () => {
	assert.equal(origins(look({off: true})).includes('project'), false);
});

test("in the directory of one's own plugins they stay one's own", () => {
	mkdirSync(path.join(root, 'config/plugins'), {recursive: true});
	assert.equal(origins(look({cwd: path.join(root, 'config')})).includes('project'), false);
	mkdirSync(path.join(root, 'other'));
	symlinkSync(path.join(root, 'config/plugins'), path.join(root, 'other/plugins'));
	assert.equal(origins(look({cwd: path.join(root, 'other')})).includes('project'), false);
});
