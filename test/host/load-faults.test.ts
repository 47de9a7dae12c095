import assert from 'node:assert/strict';
import {setImmediate as turn} from 'node:timers/promises';
import {test} from 'node:test';
import {failure} from '../../source/core/failure/failure.ts';
import {failed, ok} from '../../source/core/failure/outcome.ts';
import {type Manifest} from '../../source/core/manifest.ts';
import {type LoadStage} from '../../source/core/plugin.ts';
import {type PluginTrust} from '../../source/host/trust.ts';
import {hostForTest} from '../helpers/host-for-test.ts';
import {quick, recordOf} from './fixture-host.ts';
import {madePlugin} from './made-plugin.ts';

/** Everything a plugin can register, so that everything can be left behind. */
const parts: Partial<Manifest> = {
	provides: {pricing: '1.0.0'},
	contributes: {
		events: [{on: 'instance.launched', handler: 'heard'}],
		tasks: [{name: 'refresh', everySeconds: 60, handler: 'refresh'}],
		commands: [{name: 'faulty', short: 'does nothing', handler: 'act'}],
	},
};

const code = (extra = '', services = 'services: {pricing: {quote: () => 1}},') => `
	import {writeFileSync} from 'node:fs';
	setInterval(() => {}, 1000);
	export default {${services} events: {heard: () => { throw new Error('must not be heard'); }}, tasks: {refresh: () => {}}, commands: {act: () => ({})}, ${extra}};`;

const thrown = `{ throw new Error('on purpose'); }`;

const faults: readonly {readonly stage: LoadStage; readonly folder: () => string; readonly limits?: object}[] = [
	{stage: 'manifest', folder: () => madePlugin('faulty', {...parts, engines: {cws: 'nonsense'}}, code())},
	{stage: 'security', folder: () => madePlugin('faulty', {...parts, license: 'refused'}, code())},
	{stage: 'resolve', folder: () => madePlugin('faulty', {...parts, requires: {missing: '^1'}}, code())},
	{stage: 'resolve', folder: () => madePlugin('faulty', parts, 'export default {')},
	{stage: 'resolve', folder: () => madePlugin('faulty', parts, 'for (;;);'), limits: {loadMs: 1500}},
	{stage: 'initialize', folder: () => madePlugin('faulty', parts, code(`initialize() ${thrown}`))},
	{
		stage: 'initialize',
		folder: () => madePlugin('faulty', parts, code(`initialize: () => new Promise(() => {})`)),
		limits: {initializeMs: 100},
	},
	{stage: 'validate', folder: () => madePlugin('faulty', parts, code(`validate: () => 'not here'`))},
	{stage: 'validate', folder: () => madePlugin('faulty', parts, code(`validate() ${thrown}`))},
	{stage: 'register', folder: () => madePlugin('faulty', parts, code('', ''))},
	{stage: 'start', folder: () => madePlugin('faulty', parts, code(`start() ${thrown}`))},
	{stage: 'start', folder: () => madePlugin('faulty', parts, code(`start: () => process.exit(1)`))},
];

const trust: PluginTrust = {
	missing: async ({record}) =>
		record.manifest.license === 'refused' ? failed(failure('CWS_PLUGIN_DENIED', {message: 'policy'})) : ok(undefined),
	grant: async () => ok(undefined),
	revoke: async () => ok(undefined),
	capabilities: async () => ({}),
};

for (const {stage, folder, limits = {}} of faults) {
	test(`a fault at the stage ${stage} names it, leaves nothing behind and touches nobody else`, async () => {
		const neighbour = madePlugin(
			'neighbour',
			{optionalRequires: {pricing: '^1'}},
			`let services; export default {initialize(given) { services = given.services; }, provider: {look: () => services.get('pricing')}};`,
		);
		await using started = await hostForTest([folder(), neighbour], {trust, limits: {...quick, ...limits}, cwsVersion: '1.0.0'});
		const {host} = started;
		host.setRecorder(true);
		const outcome = await host.start('faulty');
		assert.ok(!outcome.ok);
		// What this means for others is worked out at the end of the turn.
		await turn();
		const {state, stage: failedAt, error, services, tasks, hooks} = recordOf(host, 'faulty');
		assert.deepEqual([state, failedAt, error?.code], ['failed', stage, outcome.error.code]);
		assert.ok(services.every(({isOffered}) => !isOffered));
		assert.ok(tasks.every(task => task.state === 'off' && task.runs === task.failures));
		host.emitEvent({at: 0, type: 'instance.launched', level: 'info', subject: 'x', message: 'x'});
		assert.ok(hooks.every(({handled, failed}) => handled + failed === 0));
		assert.deepEqual(await host.call({plugin: 'neighbour', method: 'provider.look', args: []}), {ok: true, value: null});
		assert.equal(recordOf(host, 'neighbour').state, 'active');
		assert.deepEqual(await host.stop(3000), [], 'no thread is left');
	});
}
