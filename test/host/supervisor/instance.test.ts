import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Manifest} from '../../../source/core/manifest.ts';
import {defaultLimits} from '../../../source/host/limits.ts';
import {checkInstance} from '../../../source/host/supervisor/health-check.ts';
import {launchInstance} from '../../../source/host/supervisor/launch-instance.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {createFakeTransport} from '../fake-transport.ts';

const manifest: Manifest = {id: 'acme', version: '1.0.0', title: 'Acme', kind: 'provider', api: 1, main: 'index.js'};

async function launch() {
	const clock = createFakeClock();
	const fake = createFakeTransport();
	const gone = Promise.withResolvers<number>();
	const told: string[] = [];
	const launched = launchInstance({
		manifest,
		main: '/plugins/acme/index.js',
		generation: 1,
		initialize: {id: 'acme', config: {}, directories: {data: '/d', cache: '/c'}},
		locale: 'en',
		open: () => ({...fake.transport, kill: () => gone.promise}),
		clock,
		limits: defaultLimits,
		residentBytes: () => 0,
		capabilities: {},
		signal: new AbortController().signal,
		events: {
			onDeath: (_death, error) => told.push(error.message),
			onSample() {},
			onHog() {},
			onLog() {},
			onOutput() {},
			onEvent() {},
			onUncaught: () => told.push('uncaught'),
			onDenied() {},
			onUnexpected() {},
			onZombie: isZombie => told.push(isZombie ? 'zombie' : 'gone'),
		},
	});
	fake.receive('H', 0, {proto: [1, 1]});
	fake.receive('r', 0, {methods: []});
	const result = await launched;
	assert.ok('instance' in result);
	return {...fake, clock, told, instance: result.instance, die: () => gone.resolve(1)};
}

test('a thread that does not die is told, slowed down further, and told again when it is gone', async () => {
	const {clock, told, priorities, raw, die} = await launch();
	assert.deepEqual(priorities, [defaultLimits.niceness]);
	raw('rubbish');
	assert.deepEqual(told, ['The plugin `acme` sent something that is not a frame.']);
	await clock.advance(defaultLimits.zombieMs);
	assert.deepEqual(told.slice(1), ['zombie']);
	assert.deepEqual(priorities, [defaultLimits.niceness, defaultLimits.hogNiceness]);
	die();
	await clock.flush();
	assert.deepEqual(told.slice(1), ['zombie', 'gone']);
});

test('close settles at its deadline whatever the worker does, and says that the thread is left', async () => {
	const {clock, instance} = await launch();
	const closed = instance.close({code: 'CWS_CANCELLED', message: 'closing'}, {drainMs: 500, deadlineMs: 1000});
	await clock.advance(1100);
	assert.equal(await closed, false);
	assert.equal(clock.pending(), 0);
});

test('too many errors that nobody caught end the worker', async () => {
	const {told, receive} = await launch();
	for (let count = 0; count <= defaultLimits.uncaughtPerMinute; count++) {
		receive('x', 0, {name: 'Error', message: 'oops'});
	}

	assert.deepEqual(told.at(-1), 'The plugin `acme` threw more than 20 errors that nobody caught.');
});

test('a plugin without a health of its own is well only while its thread answers', async () => {
	const {clock, told, instance, receive, sent} = await launch();
	const asked = () => sent.filter(([kind]) => kind === '?').length;
	const well = checkInstance(instance, clock, defaultLimits);
	assert.equal(asked(), 1);
	receive('!', 0);
	assert.equal((await well).ok, true);
	const stuck = checkInstance(instance, clock, defaultLimits);
	await clock.advance(defaultLimits.silentMs + defaultLimits.graceMs);
	const outcome = await stuck;
	assert.equal(!outcome.ok && outcome.error.message, 'The plugin `acme` is stuck in a loop or in one long call.');
	assert.match((!outcome.ok && outcome.error.fix) || '', /cws plugin status acme/);
	assert.deepEqual(told.slice(0, 1), ['The plugin `acme` is stuck in a loop or in one long call.']);
});
