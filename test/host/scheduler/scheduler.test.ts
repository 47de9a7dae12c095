import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type TaskContribution} from '../../../source/core/manifest/contributions.ts';
import {type Manifest} from '../../../source/core/manifest.ts';
import {hostForTest} from '../../helpers/host-for-test.ts';
import {listen, quick, recordOf} from '../fixture-host.ts';
import {madePlugin, rewrite} from '../made-plugin.ts';
import path from 'node:path';

const start = (folders: readonly string[], options = {}) => hostForTest(folders, {limits: {...quick, ...options}});

const contribution: TaskContribution = {name: 'refresh', everySeconds: 3600, handler: 'refresh'};

const tasked = (code: string, parts: Partial<Manifest> = {}, task: Partial<TaskContribution> = {}) =>
	madePlugin(
		'acme',
		{contributes: {tasks: [{...contribution, ...task}]}, ...parts},
		`let context; const said = []; const say = text => { said.push(text); context.log.info(text); };
		export default {initialize(given) { context = given; }, stop() { say('stop'); }, tasks: {refresh: ${code}}, provider: {said: () => said}};`,
	);

test('only the recorder runs tasks, and it starts the plugin for them', async () => {
	await using started = await start([tasked(`() => say('ran')`)]);
	const {host} = started;
	const heard = listen(host);
	assert.equal(recordOf(host, 'acme').tasks[0]?.state, 'off');
	host.setRecorder(true);
	await heard.until(() => recordOf(host, 'acme').tasks[0]?.runs === 1);
	const [task] = recordOf(host, 'acme').tasks;
	assert.equal(task?.state, 'waiting');
	assert.ok(task.nextAt! > Date.now() + 3_500_000);
	host.setRecorder(false);
	assert.equal(recordOf(host, 'acme').tasks[0]?.state, 'off');
});

test('a plugin whose activation does not name tasks has them only while it runs', async () => {
	await using started = await start([tasked(`() => say('ran')`, {activation: ['onCommand:x']})]);
	const {host} = started;
	const heard = listen(host);
	host.setRecorder(true);
	assert.equal(recordOf(host, 'acme').tasks[0]?.state, 'off');
	await host.start('acme');
	await heard.until(() => recordOf(host, 'acme').tasks[0]?.runs === 1);
});

test('`false` and errors are failures that are counted, logged and told, and nothing else suffers', async () => {
	for (const [code, why] of [
		['() => false', 'it answered `false`'],
		[`() => { throw new Error('no price list'); }`, 'no price list'],
	] as const) {
		await using started = await start([tasked(code, {}, {enabled: false})]);
		const {host} = started;
		const heard = listen(host);
		const outcome = await host.runTask('acme', 'refresh');
		assert.ok(!outcome.ok);
		assert.equal(outcome.error.cause, why);
		assert.deepEqual(
			[recordOf(host, 'acme').state, recordOf(host, 'acme').strikes, recordOf(host, 'acme').tasks[0]?.failures],
			['active', 0, 1],
		);
		await heard.until(() => heard.events.some(({type}) => type === 'task.failed'));
	}
});

test('setup runs once before the first run, cleanup once before stop', async () => {
	const parts = `{setup: () => say('setup'), run: () => say('run'), cleanup: () => say('cleanup')}`;
	await using started = await start([tasked(parts, {}, {enabled: false})]);
	const {host} = started;
	await host.runTask('acme', 'refresh');
	await host.runTask('acme', 'refresh');
	await host.unload('acme');
	assert.deepEqual(
		host.logs('acme').map(({message}) => message),
		['setup', 'run', 'run', 'cleanup', 'stop'],
	);
});

test('the tasks of a plugin end with it and come back with it, and an unknown one is named', async () => {
	await using started = await start([tasked(`() => say('ran')`)]);
	const {host} = started;
	const heard = listen(host);
	host.setRecorder(true);
	await heard.until(() => recordOf(host, 'acme').tasks[0]?.runs === 1);
	await host.disable('acme');
	await heard.until(() => recordOf(host, 'acme').tasks.length === 0);
	const refused = await host.runTask('acme', 'refresh');
	assert.ok(!refused.ok && refused.error.code === 'CWS_PLUGIN_DISABLED');
	await host.enable('acme');
	await heard.until(() => recordOf(host, 'acme').tasks[0]?.state === 'waiting');
	assert.equal(recordOf(host, 'acme').tasks[0]?.runs, 1, 'it goes on where it was');
	const unknown = await host.pauseTask('acme', 'refesh');
	assert.ok(!unknown.ok);
	assert.equal(unknown.error.fix, 'Did you mean `refresh`?');
	const nobody = await host.resumeTask('nobody', 'refresh');
	assert.ok(!nobody.ok && nobody.error.code === 'CWS_NO_PLUGIN');
});

test('a reload keeps what did not change, adds what is new and forgets what is gone', async () => {
	const code = `export default {tasks: {refresh: () => {}, clean: () => {}}};`;
	const folder = madePlugin('acme', {contributes: {tasks: [{...contribution, enabled: false}]}}, code);
	await using started = await start([folder]);
	const {host} = started;
	await host.runTask('acme', 'refresh');
	const installed = path.join(started.pluginDirectory, 'acme');
	const clean: TaskContribution = {name: 'clean', everySeconds: 60, handler: 'clean', enabled: false};
	rewrite(installed, 'acme', {contributes: {tasks: [clean, {...contribution, enabled: false}]}});
	assert.ok((await host.reload('acme')).ok);
	assert.deepEqual(
		recordOf(host, 'acme').tasks.map(({name, runs}) => [name, runs]),
		[
			['clean', 0],
			['refresh', 1],
		],
	);
	rewrite(installed, 'acme', {contributes: {tasks: [clean]}});
	await host.reload('acme');
	assert.deepEqual(
		recordOf(host, 'acme').tasks.map(({name}) => name),
		['clean'],
	);
});
