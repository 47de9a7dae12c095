import assert from 'node:assert/strict';
import {test} from 'node:test';
import {systemClock} from '../../source/platform/clock.ts';
import {type Outcome} from '../../source/core/failure/outcome.ts';
import {fixtureHost, listen, recordOf} from './fixture-host.ts';

const plugin = 'misbehaving';

const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'ok' : outcome.error.code);

test('an error of the plugin is reported as its bug, by name, and the worker goes on', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const bug = await host.call({plugin, method: 'provider.throws', args: []});
	assert.ok(!bug.ok);
	assert.equal(bug.error.code, 'CWS_PLUGIN_FAILED');
	assert.equal(bug.error.message, 'The plugin `misbehaving` failed in `provider.throws`.');
	assert.equal(bug.error.cause, 'TypeError: the code is wrong');
	assert.equal(codeOf(await host.call({plugin, method: 'provider.throwsNull', args: []})), 'CWS_PLUGIN_FAILED');
	assert.equal(codeOf(await host.call({plugin, method: 'provider.throwsGetter', args: []})), 'CWS_PLUGIN_FAILED');
	assert.equal(codeOf(await host.call({plugin, method: 'provider.throwsForged', args: []})), 'CWS_PLUGIN_FAILED');
	assert.deepEqual(await host.call({plugin, method: 'provider.fine', args: []}), {ok: true, value: 'fine'});
	assert.equal(recordOf(host, plugin).generation, 1);
	assert.equal(recordOf(host, plugin).strikes, 0);
});

test('a failure the plugin threw crosses with its code, cause and fix, made harmless', async () => {
	await using started = await fixtureHost([plugin]);
	assert.deepEqual(await started.host.call({plugin, method: 'provider.throwsOwn', args: []}), {
		ok: false,
		error: {code: 'CWS_PORT_TAKEN', message: 'The port 80 is taken␛[2J.', cause: 'nginx', fix: 'Choose another.', retryable: false},
	});
});

test('what cannot be sent is an error of that call alone', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	for (const method of ['huge', 'cyclic', 'bigint', 'deep', 'veryDeep']) {
		assert.equal(codeOf(await host.call({plugin, method: `provider.${method}`, args: []})), 'CWS_PLUGIN_FAILED', method);
	}

	assert.deepEqual(await host.call({plugin, method: 'provider.nothing', args: []}), {ok: true, value: null});
	const large = await host.call<readonly string[]>({plugin, method: 'provider.large', args: []});
	assert.ok(large.ok);
	assert.equal(large.value.length, 4000);
	assert.equal(recordOf(host, plugin).generation, 1);
});

test('an answer cannot reach a prototype', async () => {
	await using started = await fixtureHost([plugin]);
	const outcome = await started.host.call({plugin, method: 'provider.pollutes', args: []});
	assert.ok(!outcome.ok);
	assert.equal(outcome.error.code, 'CWS_PLUGIN_PROTOCOL');
	assert.match(outcome.error.cause ?? '', /`__proto__`/);
	assert.equal(({} as {polluted?: boolean}).polluted, undefined);
});

test('strings and keys of an answer are harmless on a terminal', async () => {
	await using started = await fixtureHost([plugin]);
	const outcome = await started.host.call({plugin, method: 'provider.hostileStrings', args: []});
	assert.ok(outcome.ok);
	// oxlint-disable-next-line no-control-regex
	assert.doesNotMatch(JSON.stringify(outcome.value), /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E]|\\u00/);
	assert.deepEqual(Object.keys(outcome.value as object), ['plain', 'rest', 'name␛[2J'].toSorted());
});

test('a call that never settles times out, and the worker that still answers is kept', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const outcome = await host.call({plugin, method: 'provider.neverSettles', args: [], deadlineMs: 50});
	assert.ok(!outcome.ok);
	assert.equal(outcome.error.code, 'CWS_PLUGIN_TIMEOUT');
	assert.equal(outcome.error.message, 'The plugin `misbehaving` did not answer `provider.neverSettles` within 50 ms.');
	assert.deepEqual(await host.call({plugin, method: 'provider.fine', args: []}), {ok: true, value: 'fine'});
	assert.equal(recordOf(host, plugin).generation, 1);
});

test('a call that ignores the cancel is let go after the grace, and its late answer is ignored', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	await host.start(plugin);
	const controller = new AbortController();
	const call = host.call({plugin, method: 'provider.ignoresCancel', args: [], signal: controller.signal});
	controller.abort();
	assert.equal(codeOf(await call), 'CWS_CANCELLED');
	assert.deepEqual(await host.call({plugin, method: 'provider.ignoresCancel', args: []}), {ok: true, value: 'late'});
	assert.equal(recordOf(host, plugin).state, 'active');
});

test('a cancel reaches the plugin as an aborted signal', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const heard = listen(host);
	const controller = new AbortController();
	const outcome = await host.call({
		plugin,
		method: 'provider.heedsCancel',
		args: [],
		signal: controller.signal,
		onProgress: () => controller.abort(),
	});
	assert.equal(codeOf(outcome), 'CWS_CANCELLED');
	await heard.until(() => heard.logs.some(({message}) => message === 'heard the cancel'));
});

test('a busy loop is found, the thread ended, and the next call gets a new worker', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const heard = listen(host);
	await host.start(plugin);
	assert.equal(codeOf(await host.call({plugin, method: 'provider.loops', args: [], deadlineMs: 100})), 'CWS_PLUGIN_TIMEOUT');
	await heard.until(() => recordOf(host, plugin).state === 'backoff');
	const {strikes, error} = recordOf(host, plugin);
	assert.equal(strikes, 1);
	assert.equal(error?.code, 'CWS_PLUGIN_CRASHED');
	assert.match(error?.message ?? '', /stuck in a loop/);
	assert.deepEqual(await host.call({plugin, method: 'provider.fine', args: []}), {ok: true, value: 'fine'});
	assert.equal(recordOf(host, plugin).generation, 2);
});

test('a worker that ends by itself fails what waited for it and is restarted by the next call', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const [waiting, exit] = await Promise.all([
		host.call({plugin, method: 'provider.neverSettles', args: []}),
		host.call({plugin, method: 'provider.exits', args: []}),
	]);
	assert.equal(codeOf(waiting), 'CWS_PLUGIN_CRASHED');
	assert.ok(!exit.ok);
	assert.match(exit.error.message, /ended its worker with exit code 7/);
	assert.equal(exit.error.retryable, true);
	assert.deepEqual(await host.call({plugin, method: 'provider.fine', args: []}), {ok: true, value: 'fine'});
});

test('an error that nobody caught is logged and kills nothing', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const heard = listen(host);
	assert.equal(codeOf(await host.call({plugin, method: 'provider.uncaught', args: []})), 'ok');
	await heard.until(() => heard.logs.some(({message}) => message.includes('nobody caught this')));
	assert.equal(recordOf(host, plugin).state, 'active');
});

test('logs, output and events are limited, and the number dropped is told', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const heard = listen(host);
	await host.call({plugin, method: 'provider.floodsLogs', args: []});
	await host.call({plugin, method: 'provider.floodsEvents', args: []});
	await host.call({plugin, method: 'provider.floodsOutput', args: []});
	assert.equal(codeOf(await host.call({plugin, method: 'provider.fine', args: []})), 'ok');
	assert.ok(heard.logs.length > 0 && heard.logs.length < 1000, String(heard.logs.length));
	assert.ok(heard.events.length < 500, String(heard.events.length));
	assert.equal(recordOf(host, plugin).state, 'active');
});

test('a flood of frames and what is not a frame put the plugin aside at once', async () => {
	for (const method of ['floodsFrames', 'sendsRubbish']) {
		await using started = await fixtureHost([plugin]);
		const {host} = started;
		const outcome = await host.call({plugin, method: `provider.${method}`, args: []});
		assert.equal(codeOf(outcome), 'CWS_PLUGIN_PROTOCOL', method);
		assert.equal(recordOf(host, plugin).state, 'quarantined');
		const refused = await host.call({plugin, method: 'provider.fine', args: []});
		assert.ok(!refused.ok);
		assert.equal(refused.error.code, 'CWS_PLUGIN_QUARANTINED');
		assert.match(refused.error.fix!, /cws plugin reload misbehaving/);
		assert.ok((await host.reload(plugin)).ok);
		assert.equal(codeOf(await host.call({plugin, method: 'provider.fine', args: []})), 'ok');
	}
});

test('a leak is stopped at the quota of the manifest', async () => {
	await using started = await fixtureHost([plugin]);
	const {host} = started;
	const outcome = await host.call({plugin, method: 'provider.leaks', args: [], deadlineMs: 15_000});
	assert.ok(!outcome.ok);
	assert.equal(outcome.error.code, 'CWS_PLUGIN_CRASHED');
	assert.match(outcome.error.message, /more than its 64 MB of memory/);
	assert.equal(recordOf(host, plugin).strikes, 2);
});

test('three strikes open the circuit, five put the plugin aside', async () => {
	await using started = await fixtureHost([plugin], {limits: {backoffMaxMs: 40, circuitStrikes: 3}});
	const {host} = started;
	const strikes: number[] = [];
	for (let time = 0; time < 5; time++) {
		await host.call({plugin, method: 'provider.exits', args: []});
		strikes.push(recordOf(host, plugin).strikes);
	}

	assert.deepEqual(strikes, [1, 2, 3, 4, 5]);
	assert.equal(recordOf(host, plugin).state, 'quarantined');
});

test('while it rests after a failure, a plugin says when it is tried again', async () => {
	const now = systemClock.now();
	const clock = {...systemClock, now: () => now};
	await using started = await fixtureHost([plugin], {clock, limits: {backoffMs: 60_000, backoffMaxMs: 60_000}, random: () => 0.5});
	const {host} = started;
	await host.call({plugin, method: 'provider.exits', args: []});
	const outcome = await host.call({plugin, method: 'provider.fine', args: []});
	assert.ok(!outcome.ok);
	assert.match(outcome.error.message, /is tried again in 60 s/);
	assert.equal(outcome.error.retryable, true);
	assert.equal(recordOf(host, plugin).retryAt, now + 60_000);
});
