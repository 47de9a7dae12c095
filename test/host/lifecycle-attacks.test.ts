import assert from 'node:assert/strict';
import path from 'node:path';
import {setImmediate as turn, setTimeout as wait} from 'node:timers/promises';
import {test} from 'node:test';
import {type PluginHostOptions} from '../../source/host/options.ts';
import {createFakePluginKeep} from '../helpers/fake-plugin-keep.ts';
import {hostForTest} from '../helpers/host-for-test.ts';
import {listen, quick, recordOf} from './fixture-host.ts';
import {madePlugin, rewrite} from './made-plugin.ts';

const start = (folders: readonly string[], options: Partial<PluginHostOptions> = {}) =>
	hostForTest(folders, {...options, limits: {...quick, ...options.limits}});

const versioned = (version: number, extra = '') => `export default {provider: {version: () => ${version}}, ${extra}};`;

test('timer-after-unload: timers of a plugin are gone with it, and nothing of an old generation is heard', async () => {
	const ticking = (name: string) => `
		let context; const late = () => { context.log.info('${name} ticks'); context.events.emit({type: 'custom.tick', message: '${name}'}); };
		export default {initialize(given) { context = given; setInterval(late, 5); }, provider: {version: () => '${name}'}};`;
	await using started = await start([madePlugin('ticker', {}, ticking('old'))]);
	const {host} = started;
	const heard = listen(host);
	await host.start('ticker');
	await heard.until(() => heard.events.some(({message}) => message === 'old'));
	rewrite(path.join(started.pluginDirectory, 'ticker'), 'ticker', {version: '1.0.1'}, ticking('new'));
	await host.reload('ticker');
	await heard.until(() => heard.events.at(-1)?.message === 'new');
	await host.unload('ticker');
	// What was heard before is told at the end of the turn.
	await turn();
	const count = heard.events.length;
	const logs = host.logs('ticker').length;
	// Many intervals of its own: had it survived, it would have spoken.
	await wait(100);
	assert.equal(
		heard.events.filter(({type}) => type === 'custom.tick').length,
		heard.events.slice(0, count).filter(({type}) => type === 'custom.tick').length,
	);
	assert.equal(host.logs('ticker').length, logs);
	const lastOld = heard.events.findLastIndex(({message}) => message === 'old');
	const firstNew = heard.events.findIndex(({message}) => message === 'new');
	assert.ok(lastOld < firstNew + 400, 'the old one speaks at most until it has drained');
});

test('reload-storm: a hundred reloads at once are the one that runs and one more', async () => {
	await using started = await start([madePlugin('stormy', {}, versioned(1))]);
	const {host} = started;
	await host.start('stormy');
	rewrite(path.join(started.pluginDirectory, 'stormy'), 'stormy', {}, versioned(2));
	const outcomes = await Promise.all(Array.from({length: 100}, () => host.reload('stormy')));
	assert.ok(outcomes.every(({ok}) => ok));
	assert.ok(recordOf(host, 'stormy').generation <= 3, String(recordOf(host, 'stormy').generation));
	assert.deepEqual(await host.call({plugin: 'stormy', method: 'provider.version', args: []}), {ok: true, value: 2});
});

test('bad-update: a new version that fails at any of its stages leaves the old one in service', async () => {
	for (const [extra, parts] of [
		[`initialize() { throw new Error('bad'); }`, {}],
		[`validate: () => 'bad'`, {}],
		[`start() { throw new Error('bad'); }`, {}],
		[`health() { throw new Error('bad'); }`, {}],
		['', {contributes: {tasks: [{name: 'x', everySeconds: 5, handler: 'missing'}]}}],
		['', {requires: {nothing: '^1'}}],
		['', {api: 99}],
	] as const) {
		await using started = await start([madePlugin('updated', {}, versioned(1))]);
		const {host} = started;
		await host.start('updated');
		rewrite(path.join(started.pluginDirectory, 'updated'), 'updated', {version: '2.0.0', ...parts}, versioned(2, extra));
		assert.ok(!(await host.reload('updated')).ok, extra + JSON.stringify(parts));
		assert.deepEqual(await host.call({plugin: 'updated', method: 'provider.version', args: []}), {ok: true, value: 1});
		const {state, manifest, strikes} = recordOf(host, 'updated');
		assert.deepEqual([state, manifest.version, strikes], ['active', '1.0.0', 0]);
	}
});

test('crash-loop: backoff, circuit at three, quarantine at five, remembered until a new version or the person lifts it', async () => {
	const quarantine = createFakePluginKeep();
	const crashing = madePlugin('crashing', {}, `export default {provider: {version: () => process.exit(9)}};`);
	const call = {plugin: 'crashing', method: 'provider.version', args: []};
	{
		await using started = await start([crashing], {quarantine, limits: {backoffMaxMs: 40}});
		const {host} = started;
		for (let time = 0; time < 5; time++) {
			await host.call(call);
		}

		assert.equal(recordOf(host, 'crashing').state, 'quarantined');
		assert.deepEqual(
			[...quarantine.quarantine.values()].map(({id, version}) => [id, version]),
			[['crashing', '1.0.0']],
		);
	}

	{
		await using again = await start([crashing], {quarantine});
		const refused = await again.host.call(call);
		assert.ok(!refused.ok && refused.error.code === 'CWS_PLUGIN_QUARANTINED', JSON.stringify(refused));
		assert.equal(recordOf(again.host, 'crashing').generation, 0);
		assert.ok((await again.host.reload('crashing')).ok, 'the person lifts it');
		assert.equal(quarantine.quarantine.size, 0);
	}

	await quarantine.saveQuarantine({id: 'crashing', version: '1.0.0', at: 0, reason: {code: 'CWS_PLUGIN_CRASHED', message: 'x'}});
	rewrite(crashing, 'crashing', {version: '1.0.1'}, versioned(1));
	await using updated = await start([crashing], {quarantine});
	assert.deepEqual(await updated.host.call(call), {ok: true, value: 1}, 'a new version gets a new chance');
});
