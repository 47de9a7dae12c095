import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {createPluginHost} from '../../source/host/create-plugin-host.ts';
import {type PluginHostOptions} from '../../source/host/options.ts';
import {ok} from '../../source/core/failure/outcome.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';
import {fixtureHost, recordOf} from './fixture-host.ts';

const manifest = {id: 'acme', version: '1.0.0', title: 'Acme', kind: 'provider', api: 1, main: 'index.js'};

function write(directory: string, id: string, text: unknown) {
	mkdirSync(path.join(directory, id), {recursive: true});
	writeFileSync(path.join(directory, id, 'plugin.json'), typeof text === 'string' ? text : JSON.stringify(text));
}

test('whatever is wrong with one manifest, the plugin is shown with its stage and everybody else goes on', async () => {
	await using started = await fixtureHost(['well-behaved']);
	const {host, pluginDirectory} = started;
	assert.ok((await host.start('well-behaved')).ok);
	for (const text of [
		'',
		'{"id": ',
		'null',
		'[]',
		{...manifest, kind: 'other'},
		{...manifest, requires: null},
		{...manifest, contributes: {tasks: [{}], events: 7}},
		{...manifest, permissions: {http: 'everything'}},
		{...manifest, id: 'status'},
	]) {
		write(pluginDirectory, 'acme', text);
		await host.rescan();
		const {state, stage, error, tasks, hooks, services} = recordOf(host, 'acme');
		assert.deepEqual([state, stage, error?.code], ['failed', 'manifest', 'CWS_PLUGIN_MANIFEST'], JSON.stringify(text));
		assert.ok(error?.fix, JSON.stringify(text));
		assert.deepEqual([tasks, hooks, services], [[], [], []]);
		const call = await host.call({plugin: 'acme', method: 'provider.list', args: []});
		assert.ok(!call.ok && call.error.code === 'CWS_PLUGIN_MANIFEST');
		assert.equal(recordOf(host, 'well-behaved').state, 'active');
		assert.equal(recordOf(host, 'well-behaved').generation, 1);
	}

	write(pluginDirectory, 'acme', manifest);
	await host.rescan();
	assert.equal(recordOf(host, 'acme').state, 'discovered');
	rmSync(path.join(pluginDirectory, 'acme'), {recursive: true});
	await host.rescan();
	assert.deepEqual(
		host.records().map(({id, state}) => `${id} ${state}`),
		['well-behaved active'],
	);
});

/** A host over a directory of the person's own plugins; none of them can run here, so nothing is started. */
async function look(plugins: Readonly<Record<string, unknown>>, options: Partial<PluginHostOptions> = {}) {
	const directory = mkdtempSync(path.join(tmpdir(), 'cws-stage-'));
	try {
		for (const [id, text] of Object.entries(plugins)) {
			write(directory, id, text);
		}

		const host = createPluginHost({
			pluginDirectories: [{origin: 'user', directory}],
			cwsVersion: '1.0.0',
			workerUrl: new URL('file:///nowhere'),
			clock: createFakeClock(),
			disabled: [],
			setDisabled: async () => ok(undefined),
			pluginOptions: {},
			directories: {data: '/nowhere', cache: '/nowhere'},
			locale: 'en',
			...options,
		});
		await host.rescan();
		return host.records();
	} finally {
		rmSync(directory, {recursive: true});
	}
}

test('looking again checks manifests in full, also of plugins that nobody starts', async () => {
	const [deep, newer] = await look({
		acme: {...manifest, permissions: {http: [{hosts: ['*.github.io'], reason: 'x'}]}},
		newer: {...manifest, id: 'newer', engines: {cws: '^2.0.0'}},
	});
	assert.deepEqual([deep!.state, deep!.stage, deep!.error?.code], ['failed', 'manifest', 'CWS_PLUGIN_MANIFEST']);
	assert.match(deep!.error!.message, /^`\/permissions\/http\/0\/hosts\/0` in `.*plugin\.json:1:\d+` is `\*\.github\.io`/);
	assert.deepEqual([newer!.state, newer!.stage, newer!.error?.code], ['blocked', 'manifest', 'CWS_PLUGIN_INCOMPATIBLE']);
	assert.match(newer!.error!.message, /asks for cws \^2\.0\.0, and this is cws 1\.0\.0/);
});
