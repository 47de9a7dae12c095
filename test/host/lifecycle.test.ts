import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {failure} from '../../source/core/failure/failure.ts';
import {failed} from '../../source/core/failure/outcome.ts';
import {collect, fixtureHost, listen, recordOf} from './fixture-host.ts';

test('a start that fails names its stage and touches no other plugin', async () => {
	await using started = await fixtureHost([
		'throws-at-load',
		'no-default-export',
		'throws-at-initialize',
		'cannot-work-here',
		'well-behaved',
	]);
	const {host} = started;
	await Promise.all(host.records().map(({id}) => host.start(id)));
	assert.deepEqual(
		host.records().map(({id, state, stage, error, strikes}) => [id, state, stage, error?.code, strikes]),
		[
			['cannot-work-here', 'failed', 'validate', 'CWS_PLUGIN_FAILED', 0],
			['no-default-export', 'failed', 'resolve', 'CWS_PLUGIN_FAILED', 1],
			['throws-at-initialize', 'failed', 'initialize', 'CWS_NEEDS_LOGIN', 1],
			['throws-at-load', 'failed', 'resolve', 'CWS_PLUGIN_FAILED', 1],
			['well-behaved', 'active', undefined, undefined, 0],
		],
	);
});

test('a plugin that says it cannot work here gives its reason to every call and is not tried again', async () => {
	await using started = await fixtureHost(['cannot-work-here']);
	const {host} = started;
	for (let time = 0; time < 2; time++) {
		const outcome = await host.call({plugin: 'cannot-work-here', method: 'provider.get', args: []});
		assert.ok(!outcome.ok);
		assert.equal(outcome.error.cause, 'there is no container engine');
	}

	assert.equal(recordOf(host, 'cannot-work-here').generation, 0);
});

test('code that loops while it loads is ended at the limit', async () => {
	await using started = await fixtureHost(['hangs-at-load'], {limits: {loadMs: 500}});
	const outcome = await started.host.start('hangs-at-load');
	assert.ok(!outcome.ok);
	assert.equal(outcome.error.code, 'CWS_PLUGIN_TIMEOUT');
	assert.equal(recordOf(started.host, 'hangs-at-load').stage, 'resolve');
});

test('a health check that does not answer is a failed check, not a dead plugin', async () => {
	await using started = await fixtureHost(['slow-health'], {limits: {healthMs: 100}});
	const {host} = started;
	const health = await host.checkHealth('slow-health', {start: true});
	assert.ok(health.ok);
	assert.equal(health.value.status, 'fail');
	assert.match(health.value.output!, /did not answer `health` within 100 ms/);
	assert.deepEqual(await host.call({plugin: 'slow-health', method: 'provider.get', args: []}), {ok: true, value: 'still here'});
});

test('disable stops the worker and is kept; enable starts it again', async () => {
	await using started = await fixtureHost(['well-behaved']);
	const {host} = started;
	const heard = listen(host);
	await host.start('well-behaved');
	const off = await host.disable('well-behaved');
	assert.ok(off.ok && off.value.state === 'disabled');
	assert.deepEqual(started.disabled, [['well-behaved']]);
	assert.ok(heard.logs.some(({message}) => message === 'stopped') || host.logs('well-behaved').some(({message}) => message === 'stopped'));
	const refused = await host.call({plugin: 'well-behaved', method: 'provider.get', args: [{}]});
	assert.ok(!refused.ok);
	assert.equal(refused.error.code, 'CWS_PLUGIN_DISABLED');
	assert.match(refused.error.fix!, /cws plugin enable well-behaved/);
	const on = await host.enable('well-behaved');
	assert.ok(on.ok && on.value.state === 'active' && on.value.generation === 2);
	assert.deepEqual(started.disabled, [['well-behaved'], []]);
});

test('a plugin that cannot be kept disabled stays as it is', async () => {
	const problem = failure('CWS_READ_ONLY', {message: 'The settings cannot be written.'});
	await using started = await fixtureHost(['well-behaved'], {setDisabled: async () => failed(problem)});
	const {host} = started;
	await host.start('well-behaved');
	assert.deepEqual(await host.disable('well-behaved'), {ok: false, error: problem});
	assert.equal(recordOf(host, 'well-behaved').state, 'active');
});

test('a plugin disabled in the settings does not start', async () => {
	await using started = await fixtureHost(['well-behaved'], {disabled: ['well-behaved']});
	assert.equal(recordOf(started.host, 'well-behaved').state, 'disabled');
	const outcome = await started.host.start('well-behaved');
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_PLUGIN_DISABLED');
});

test('a reload serves new calls with the new code and drops none of the old', async () => {
	const plugin = 'counts-generations';
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	await host.start(plugin);
	const main = path.join(started.pluginDirectory, plugin, 'index.js');
	const watch = collect(host.stream({plugin, method: 'provider.watch', args: []}));
	const slow = host.call({plugin, method: 'provider.slow', args: []});
	writeFileSync(main, readFileSync(main, 'utf8').replaceAll('version: () => 1', 'version: () => 2'));
	const answers: unknown[] = [];
	const calls = (async () => {
		while (answers.at(-1) !== 2 && answers.length < 100_000) {
			const outcome = await host.call({plugin, method: 'provider.version', args: []});
			answers.push(outcome.ok ? outcome.value : outcome.error.code);
		}
	})();
	const reloaded = await host.reload(plugin);
	assert.ok(reloaded.ok && reloaded.value.generation === 2 && reloaded.value.state === 'active');
	assert.deepEqual(await host.call({plugin, method: 'provider.version', args: []}), {ok: true, value: 2});
	await calls;
	assert.deepEqual([...new Set(answers)], [1, 2]);
	assert.deepEqual(await slow, {ok: true, value: 1});
	const last = (await watch).at(-1)!;
	assert.ok(!last.ok && last.error.retryable === true);
});

test('a reload that fails leaves the old code running and says why', async () => {
	const plugin = 'counts-generations';
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	await host.start(plugin);
	writeFileSync(path.join(started.pluginDirectory, plugin, 'index.js'), 'export default {');
	const reloaded = await host.reload(plugin);
	assert.ok(!reloaded.ok);
	assert.match(reloaded.error.cause!, /SyntaxError/);
	assert.deepEqual(await host.call({plugin, method: 'provider.version', args: []}), {ok: true, value: 1});
	assert.equal(recordOf(host, plugin).state, 'active');
	assert.equal(recordOf(host, plugin).strikes, 0);
});

test('stop settles in time even when a plugin is stuck, and refuses new calls', async () => {
	await using started = await fixtureHost(['misbehaving', 'well-behaved']);
	const {host} = started;
	await Promise.all([host.start('misbehaving'), host.start('well-behaved')]);
	const stuck = host.call({plugin: 'misbehaving', method: 'provider.loops', args: []});
	assert.deepEqual(await host.stop(1500), []);
	assert.equal((await stuck).ok, false);
	assert.deepEqual(
		host.records().map(({state}) => state),
		['stopped', 'stopped'],
	);
	const late = await host.call({plugin: 'well-behaved', method: 'provider.get', args: [{}]});
	assert.ok(!late.ok && late.error.code === 'CWS_CANCELLED');
});

test('stop does not wait for a start in progress', async () => {
	await using started = await fixtureHost(['hangs-at-load'], {limits: {loadMs: 60_000}});
	const {host} = started;
	const heard = listen(host);
	const start = host.start('hangs-at-load');
	await heard.until(() => heard.logs.length > 0);
	assert.deepEqual(await host.stop(1500), []);
	const outcome = await start;
	assert.ok(!outcome.ok && outcome.error.code === 'CWS_CANCELLED');
});

test(
	'the thread of a plugin runs at a lower priority unless its manifest asks for its own',
	{skip: process.platform !== 'linux'},
	async () => {
		await using started = await fixtureHost(['well-behaved']);
		await started.host.start('well-behaved');
		assert.equal(recordOf(started.host, 'well-behaved').isNiced, true);
	},
);
