import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {after, test} from 'node:test';
import {type ThemeContribution} from '../../source/core/manifest/contributions.ts';
import {type PluginRecord} from '../../source/core/plugin.ts';
import {followThemes} from '../../source/app/follow-themes.ts';
import {allThemes, promisesTheme} from '../../source/app/plugin-themes.ts';
import {type EngineState} from '../../source/engine/state.ts';
import {fakePlugin} from '../helpers/fake-host.ts';

type ThemeData = NonNullable<ThemeContribution['theme']>;

const folder = mkdtempSync(path.join(tmpdir(), 'cws-themes-'));
after(() => rmSync(folder, {recursive: true, force: true}));
const midnight = JSON.parse(readFileSync(new URL('../../themes/midnight.json', import.meta.url), 'utf8')) as ThemeData;
mkdirSync(path.join(folder, 'themes'));
writeFileSync(path.join(folder, 'themes/forest.json'), JSON.stringify({...midnight, name: 'forest', title: 'Forest'}));
symlinkSync('/etc/hostname', path.join(folder, 'themes/out.json'));

const plugin = (id: string, themes: readonly ThemeContribution[], patch: Partial<PluginRecord> = {}): PluginRecord => {
	const record = fakePlugin(id, [], {directory: folder, ...patch});
	return {...record, manifest: {...record.manifest, contributes: {themes}}};
};

const names = async (...plugins: readonly PluginRecord[]) => (await allThemes(plugins)).themes.map(({name}) => name);
const problems = async (...plugins: readonly PluginRecord[]) => (await allThemes(plugins)).problems.map(({message}) => message);

test('themes of plugins, in the manifest or in a file, are there beside those of cws', async () => {
	const woods = plugin('woods', [
		{name: 'forest', file: 'themes/forest.json'},
		{name: 'moor', title: 'Moor', theme: midnight},
	]);
	assert.deepEqual(await names(woods), ['midnight', 'paper', 'mono', 'forest', 'moor']);
	const {themes} = await allThemes([woods]);
	assert.deepEqual(
		themes.slice(3).map(({title, plugin: from}) => [title, from]),
		[
			['Forest', 'woods'],
			['Moor', 'woods'],
		],
	);
});

test('they vanish with their plugin', async () => {
	for (const state of ['disabled', 'stopped', 'failed', 'shadowed', 'blocked'] as const) {
		assert.deepEqual(
			await names(plugin('woods', [{name: 'forest', file: 'themes/forest.json'}], {state})),
			['midnight', 'paper', 'mono'],
			state,
		);
	}
});

test('a theme that is not valid, lies elsewhere or has a taken name is left out and said', async () => {
	const {tokens: _, ...rest} = midnight;
	assert.deepEqual(await problems(plugin('a', [{name: 'x', theme: rest}])), ['The theme `x` of `a` is not valid: `tokens` is required.']);
	const wrongColor = {...midnight, palette: {...(midnight['palette'] as object), ink: {hex: 'blue'}}} as ThemeData;
	assert.match((await problems(plugin('a', [{name: 'x', theme: wrongColor}])))[0]!, /`palette\.ink\.hex` must match pattern/);
	assert.match((await problems(plugin('a', [{name: 'x', file: 'themes/out.json'}])))[0]!, /leads out of the folder of its plugin/);
	assert.match((await problems(plugin('a', [{name: 'x', file: 'themes/none.json'}])))[0]!, /cannot be read/);
	assert.deepEqual(await problems(plugin('a', [{name: 'paper', theme: midnight}])), [
		'The theme `paper` of `a` is left out, as cws has one of that name.',
	]);
	const two = [plugin('a', [{name: 'x', theme: midnight}]), plugin('b', [{name: 'x', theme: {...midnight}}])];
	assert.deepEqual(await problems(...two), ['The theme `x` of `b` is left out, as `a` has one of that name.']);
});

test('a dashboard that is open hears of themes that come and go, and of nothing else', async () => {
	const listeners = new Set<() => void>();
	let plugins: readonly PluginRecord[] = [fakePlugin('lab', [])];
	const heard: string[][] = [];
	let wake = Promise.withResolvers<void>();
	const stop = followThemes(
		{
			getState: () => ({plugins}) as EngineState,
			subscribe(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		},
		themes => {
			heard.push(themes.slice(3).map(({name}) => name));
			wake.resolve();
		},
	);
	const become = async (next: readonly PluginRecord[]) => {
		plugins = next;
		wake = Promise.withResolvers();
		listeners.forEach(listener => listener());
		await wake.promise;
	};

	const woods = plugin('woods', [{name: 'moor', theme: midnight}]);
	await become([...plugins, woods]);
	plugins = [...plugins];
	listeners.forEach(listener => listener());
	await become([fakePlugin('lab', []), {...woods, state: 'stopped'}]);
	assert.deepEqual(heard, [['moor'], []]);
	assert.deepEqual([promisesTheme([woods], 'moor'), promisesTheme([{...woods, state: 'disabled'}], 'moor')], [true, false]);
	stop();
	assert.equal(listeners.size, 0);
});
