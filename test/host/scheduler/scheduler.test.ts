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

test('of eleven tasks of several plugins ten run at once, and a run that hangs is cancelled by name', async () => {
	const names = Array.from({length: 11}, (_, index) => `t${index}`);
	const hang = (name: string) =>
		`({signal}) => { log.info('begun ${name}'); return new Promise((_, reject) => { signal.addEventListener('abort', () => { log.info('ended ${name}'); reject(new Error('ended')); }); }); }`;
	const folder = (id: string, own: readonly string[]) =>
		madePlugin(
			id,
			{contributes: {tasks: own.map(name => ({name, everySeconds: 3600, skipInitialRun: true, handler: name}))}},
			`let log; export default {initialize(given) { log = given.log; }, tasks: {${own.map(name => `${name}: ${hang(name)}`).join(', ')}}};`,
		);
	await using started = await start([folder('acme', names.slice(0, 6)), folder('beta', names.slice(6))]);
	const {host} = started;
	const heard = listen(host);
	await Promise.all([host.load('acme'), host.load('beta')]);
	const ownerOf = (name: string) => (names.indexOf(name) < 6 ? 'acme' : 'beta');
	const runs = names.map(name => host.runTask(ownerOf(name), name));
	const begun = () => heard.logs.filter(({message}) => message.startsWith('begun')).map(({message}) => message.slice(6));
	await heard.until(() => begun().length >= 10);
	assert.deepEqual(begun().toSorted(), names.slice(0, 10).toSorted());
	const cancelled = await host.cancelTask('acme', 't0');
	assert.ok(cancelled.ok);
	const first = await runs[0]!;
	assert.equal(first.ok ? '' : first.error.code, 'CWS_CANCELLED');
	assert.deepEqual([recordOf(host, 'acme').tasks[0]?.failures, recordOf(host, 'acme').strikes], [0, 0]);
	await heard.until(() => heard.logs.some(({message}) => message === 'ended t0') && begun().length === 11);
	const idle = await host.cancelTask('acme', 't0');
	assert.equal(idle.ok ? '' : idle.error.code, 'CWS_INVALID_STATE');
	await Promise.all(names.slice(1).map(name => host.cancelTask(ownerOf(name), name)));
	for (const run of await Promise.all(runs)) {
		assert.equal(run.ok ? '' : run.error.code, 'CWS_CANCELLED');
	}
});
