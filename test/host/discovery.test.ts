import assert from 'node:assert/strict';
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {type Manifest} from '../../source/core/manifest.ts';
import {createPluginHost} from '../../source/host/create-plugin-host.ts';
import {type PluginHostOptions} from '../../source/host/options.ts';
import {ok} from '../../source/core/failure/outcome.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';
import {fixture, fixtureHost, recordOf} from './fixture-host.ts';

const fixtures = path.dirname(fixture('well-behaved'));

// Nothing starts in these tests, so there is no worker to wait for.
const look = (options: Partial<PluginHostOptions>) =>
	createPluginHost({
		pluginDirectories: [{origin: 'bundled', directory: fixtures}],
		workerUrl: new URL('file:///nowhere'),
		clock: createFakeClock(),
		disabled: [],
		setDisabled: async () => ok(undefined),
		pluginOptions: {},
		directories: {data: '/nowhere', cache: '/nowhere'},
		locale: 'en',
		...options,
	}).records();

test('only the plugins asked for are there', () => {
	assert.deepEqual(
		look({only: ['well-behaved']}).map(({id, state}) => [id, state]),
		[['well-behaved', 'discovered']],
	);
});

test('a hidden plugin is there only when it is asked for', () => {
	const bundled = {pluginDirectories: [{origin: 'bundled', directory: path.resolve('plugins')}]} as const;
	const ids = (options: Partial<PluginHostOptions>) => look({...bundled, ...options}).map(({id}) => id);
	assert.ok(ids({}).includes('local'));
	assert.equal(ids({}).includes('mock'), false);
	assert.deepEqual(ids({includeHidden: true}), [...ids({}), 'mock'].toSorted());
	assert.deepEqual(ids({only: ['mock']}), ['mock']);
	assert.ok(ids({onlyHidden: true}).includes('mock'));
	assert.equal(ids({onlyHidden: true}).includes('local'), false);
});

test('a plugin that does not come with cws is shown and does not run', () => {
	const [record] = look({pluginDirectories: [{origin: 'user', directory: fixtures}], only: ['well-behaved']});
	assert.equal(record!.state, 'blocked');
	assert.equal(record!.stage, 'security');
	assert.match(record!.error!.message, /does not come with cws/);
});

test('the second copy of an id is shown as hidden by the first', () => {
	const copy = mkdtempSync(path.join(tmpdir(), 'cws-copy-'));
	try {
		cpSync(fixture('well-behaved'), path.join(copy, 'well-behaved'), {recursive: true});
		const records = look({
			pluginDirectories: [
				{origin: 'bundled', directory: fixtures},
				{origin: 'user', directory: copy},
			],
			only: ['well-behaved'],
		});
		assert.deepEqual(
			records.map(({state}) => state),
			['discovered', 'shadowed'],
		);
		assert.match(records[1]!.error!.message, /is hidden by the plugin of the same id in/);
	} finally {
		rmSync(copy, {recursive: true});
	}
});

function edit(directory: string, id: string, change: (manifest: Manifest) => unknown) {
	const file = path.join(directory, id, 'plugin.json');
	writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as Manifest)));
}

test('a manifest that is wrong in depth fails at its start, and works after it was mended and reloaded', async () => {
	await using started = await fixtureHost(['well-behaved']);
	const {host, pluginDirectory} = started;
	edit(pluginDirectory, 'well-behaved', manifest => ({...manifest, limits: {memoryMb: 'much'}}));
	const reloaded = await host.reload('well-behaved');
	assert.ok(!reloaded.ok);
	assert.match(reloaded.error.message, /`\/limits\/memoryMb` in .*plugin\.json:\d+:\d+` must be integer/);
	const {stage, state} = recordOf(host, 'well-behaved');
	assert.deepEqual([state, stage], ['failed', 'manifest']);
	const call = await host.call({plugin: 'well-behaved', method: 'provider.get', args: [{}]});
	assert.ok(!call.ok && call.error.code === 'CWS_PLUGIN_MANIFEST');
	edit(pluginDirectory, 'well-behaved', manifest => ({...manifest, limits: {memoryMb: 64}}));
	assert.ok((await host.reload('well-behaved')).ok);
});
