import assert from 'node:assert/strict';
import {cpSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {createPluginsFollower} from '../../source/app/follow-plugins.ts';
import {type PluginRecord} from '../../source/core/plugin.ts';
import {failure} from '../../source/core/failure/failure.ts';
import {ok} from '../../source/core/failure/outcome.ts';
import {type StoredGrant} from '../../source/core/ports/plugin-keep.ts';
import {folderPrint} from '../../source/platform/folder-print.ts';
import {loadSettings} from '../../source/platform/settings/load-settings.ts';
import {createFakeHost, fakePlugin} from '../helpers/fake-host.ts';
import {hostForTest} from '../helpers/host-for-test.ts';
import {madePlugin, rewrite} from '../host/made-plugin.ts';
import {tempDir} from '../platform/temp-dir.ts';

const noGrants = {readGrants: async () => ok([])};
const settingsOf = (config: string) => () => loadSettings({directories: {config}, cwd: config, environment: {}});
const printOf = ({directory, manifest}: PluginRecord) => folderPrint(directory, ['plugin.json', manifest.main]);

const speaker = (word: string) => `export default {commands: {say: () => '${word}'}};`;

test('what another process puts into the folder of plugins, replaces there and takes away is so here too', async t => {
	// As the person's own, but of those that need no sandbox in a test.
	await using made = await hostForTest([madePlugin('first', {}, speaker('one'))]);
	const {host, pluginDirectory} = made;
	const asUser = {...host, records: () => host.records().map((record): PluginRecord => ({...record, origin: 'user'}))};
	const follower = createPluginsFollower({host: asUser, keep: noGrants, read: settingsOf(tempDir(t)), printOf});
	const said = async (plugin: string) => {
		const answer = await host.call<string>({plugin, method: 'commands.say', args: []});
		return answer.ok ? answer.value : answer.error.code;
	};
	const generation = () => host.records().find(({id}) => id === 'first')?.generation;

	await host.load('first');
	assert.equal(await said('first'), 'one');
	cpSync(madePlugin('second', {}, speaker('two')), path.join(pluginDirectory, 'second'), {recursive: true});
	await follower.folders();
	assert.deepEqual([await said('second'), generation()], ['two', 1]);
	rewrite(path.join(pluginDirectory, 'first'), 'first', {version: '1.1.0'}, speaker('three'));
	await follower.folders();
	assert.deepEqual([await said('first'), generation()], ['three', 2]);
	await follower.folders();
	assert.equal(generation(), 2, 'nothing changed');
	assert.equal(host.records().find(({id}) => id === 'first')?.manifest.version, '1.1.0');
	rewrite(path.join(pluginDirectory, 'first'), 'first', {version: '1.2.0'}, speaker('four'));
	await host.reload('first');
	await follower.folders();
	assert.deepEqual([await said('first'), generation()], ['four', 3], 'this process had done it itself');
	rmSync(path.join(pluginDirectory, 'second'), {recursive: true});
	await follower.folders();
	assert.equal(await said('second'), 'CWS_NO_PLUGIN');
});

test('a plugin that is off is not started by new files, and one that says so goes on until cws starts again', async t => {
	const off = fakePlugin('off', [], {origin: 'user', directory: '/p/off', state: 'disabled'});
	const steady = fakePlugin('steady', [], {origin: 'user', directory: '/p/steady'});
	const host = createFakeHost([off, {...steady, manifest: {...steady.manifest, hotReload: false}}]);
	let print = 'before';
	const follower = createPluginsFollower({host, keep: noGrants, read: settingsOf(tempDir(t)), printOf: () => print});
	print = 'after';
	await follower.folders();
	assert.deepEqual(host.methods(), ['rescan']);
});

test('plugins that the settings turn off or on by now are so here, and a half written file changes nothing', async t => {
	const config = tempDir(t);
	const file = path.join(config, 'config.toml');
	await using made = await hostForTest([madePlugin('lab')]);
	const follower = createPluginsFollower({host: made.host, keep: noGrants, read: settingsOf(config), printOf});
	const stateAfter = async (text: string) => {
		writeFileSync(file, text);
		await follower.settings();
		return made.host.records()[0]?.state;
	};

	assert.equal(await stateAfter('[plugins]\ndisabled = ["lab", "gone"]\n'), 'disabled');
	assert.equal(await stateAfter('[plugins]\ndisabled = ['), 'disabled');
	assert.equal(await stateAfter('theme = "paper"\n'), 'active');
	assert.deepEqual(made.disabled, [], 'who follows the file does not write it');
});

const grantOf = (key: string, bundleHash = 'a'): StoredGrant => ({
	key,
	bundleHash,
	permissions: {},
	commands: {},
	grantedAt: 1,
	grantedBy: 'ada (command line)',
});

test('an answer that was given in another process counts here: a yes starts what waits for it, a no ends what runs', async t => {
	const refused = {state: 'blocked' as const, error: failure('CWS_PLUGIN_CONSENT', {message: 'no'})};
	const host = createFakeHost([
		fakePlugin('waits', [], {origin: 'user', state: 'blocked', consent: {needed: [], isUpdate: false}}),
		fakePlugin('update', [], {origin: 'user', state: 'active', consent: {needed: [], isUpdate: true}}),
		fakePlugin('refused', [], {origin: 'user', ...refused}),
		fakePlugin('runs', [], {origin: 'user', state: 'active'}),
		fakePlugin('policy', [], {origin: 'user', state: 'blocked', error: failure('CWS_PLUGIN_DENIED', {message: 'no'})}),
	]);
	let grants: readonly StoredGrant[] = [grantOf('user/update'), grantOf('user/runs')];
	const keep = {readGrants: async () => ok(grants)};
	const follower = createPluginsFollower({host, keep, read: settingsOf(tempDir(t)), printOf: () => ''});
	const asked = async (next: readonly StoredGrant[]) => {
		grants = next;
		host.asked.length = 0;
		await follower.grants();
		return host.records().map(({id, state, generation}) => `${id} ${state} ${generation}`);
	};

	const before = host.records().map(({id, state, generation}) => `${id} ${state} ${generation}`);
	await follower.grants();
	assert.deepEqual(
		host.records().map(({id, state, generation}) => `${id} ${state} ${generation}`),
		before,
		'the first look changes nothing',
	);
	const all = ['waits', 'refused', 'runs', 'policy'].map(id => grantOf(`user/${id}`));
	const after = await asked([...all, grantOf('user/update', 'b')]);
	assert.deepEqual(
		after.map((line, index) => line !== before[index]),
		[true, true, true, false, false],
	);
	const last = await asked(all.filter(({key}) => key !== 'user/runs'));
	assert.match(last[3]!, /^runs blocked/);
});
