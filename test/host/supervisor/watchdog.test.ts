import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Connection} from '../../../source/host/connection/connection.ts';
import {defaultLimits} from '../../../source/host/limits.ts';
import {startWatchdog} from '../../../source/host/supervisor/watchdog.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {createFakeTransport} from '../fake-transport.ts';

const mib = 1024 * 1024;

function watch() {
	const clock = createFakeClock();
	const fake = createFakeTransport();
	const now = {
		openCalls: 0,
		heardAt: -10_000,
		memoryMb: 10,
		cpuPercent: 0,
		residentMb: 100,
		isSilent: false,
		isActive: true,
		isAnswering: false,
		workedMs: undefined as number | undefined,
		waitedMs: 0,
	};
	const deaths: string[] = [];
	let samples = 0;
	let hogs = 0;
	let pings = 0;
	let cpuMicros = 0;
	let askedAt = 0;
	fake.answerStats(async () => {
		if (now.isSilent) {
			return new Promise(() => {});
		}

		cpuMicros += (clock.monotonic() - askedAt) * 10 * now.cpuPercent;
		askedAt = clock.monotonic();
		return {memoryBytes: now.memoryMb * mib, cpuMicros};
	});
	const watchdog = startWatchdog({
		transport: {...fake.transport, workedMs: () => now.workedMs ?? clock.monotonic(), waitedMs: () => now.waitedMs},
		connection: {
			openCalls: () => now.openCalls,
			heardAt: () => now.heardAt,
			ping() {
				pings++;
				if (now.isAnswering) {
					now.heardAt = clock.monotonic() + 1;
				}
			},
		} as Connection,
		clock,
		limits: defaultLimits,
		quotaBytes: 128 * mib,
		residentBytes: () => now.residentMb * mib,
		isActive: () => now.isActive,
		onSample() {
			samples++;
		},
		onHog() {
			hogs++;
		},
		onDeath(death) {
			deaths.push(`${death.weight} ${death.what}`);
			watchdog.stop();
		},
	});
	return {clock, now, watchdog, deaths, counts: () => ({samples, hogs, pings})};
}

test('looks rarely while nothing happens and often while calls are open', async () => {
	const {clock, now, watchdog, counts} = watch();
	await clock.advance(20_000);
	assert.equal(counts().samples, 10);
	now.openCalls = 1;
	now.heardAt = clock.monotonic() + 5000;
	watchdog.wake();
	await clock.advance(1000);
	assert.ok(counts().samples >= 10 + 18, String(counts().samples));
	watchdog.stop();
	assert.equal(clock.pending(), 0);
});

test('leaves a worker that sleeps alone, and asks again once it worked', async () => {
	const {clock, now, watchdog, counts} = watch();
	now.workedMs = 300;
	await clock.advance(40_000);
	assert.ok(counts().samples <= 5, String(counts().samples));
	const before = counts().samples;
	now.workedMs = 400;
	await clock.advance(2000);
	assert.equal(counts().samples, before + 1);
	now.memoryMb = 129;
	await clock.advance(10_000);
	assert.equal(counts().samples, before + 2);
	watchdog.stop();
});

test('looks often once half of the memory is used, and ends the worker above all of it', async () => {
	const {clock, now, deaths, counts} = watch();
	now.memoryMb = 70;
	await clock.advance(2000);
	const before = counts().samples;
	await clock.advance(500);
	assert.ok(counts().samples - before >= 9);
	now.memoryMb = 129;
	await clock.advance(100);
	assert.deepEqual(deaths, ['2 used more than its 128 MB of memory']);
});

test('memory that grows faster than it can be measured ends the worker', async () => {
	const {clock, now, deaths} = watch();
	now.isSilent = true;
	await clock.advance(2100);
	now.residentMb = 400;
	await clock.advance(400);
	assert.deepEqual(deaths, ['2 took memory faster than it could be measured']);
});

test('no answer to a ping while a call waits ends the worker; an answer keeps it', async () => {
	const {clock, now, watchdog, deaths, counts} = watch();
	now.openCalls = 1;
	watchdog.wake();
	for (let step = 0; step < 100; step++) {
		await clock.advance(50);
		now.heardAt = clock.monotonic();
	}

	assert.deepEqual(deaths, []);
	assert.ok(counts().pings > 0);
	await clock.advance(defaultLimits.silentMs + 200);
	assert.deepEqual(deaths, ['1 is stuck in a loop or in one long call']);
});

test('a worker that other programs leave no processor is slow, not stuck, but not for ever', async () => {
	const {clock, now, watchdog, deaths} = watch();
	now.openCalls = 1;
	watchdog.wake();
	for (let step = 0; step < 400; step++) {
		await clock.advance(50);
		now.waitedMs += 49;
	}

	assert.deepEqual(deaths, []);
	for (let step = 0; step < 240; step++) {
		await clock.advance(50);
		now.waitedMs += 50;
	}

	assert.deepEqual(deaths, ['1 is stuck in a loop or in one long call']);
});

test('a long silence while nobody waits is nobody’s concern', async () => {
	const {clock, now, deaths} = watch();
	now.isSilent = true;
	await clock.advance(60_000);
	assert.deepEqual(deaths, []);
});

test('a processor kept busy for nobody is warned about, then ended', async () => {
	const {clock, now, deaths, counts} = watch();
	now.cpuPercent = 95;
	now.isAnswering = true;
	await clock.advance(14_000);
	assert.equal(counts().hogs, 1);
	assert.deepEqual(deaths, []);
	await clock.advance(31_000);
	assert.deepEqual(deaths, ['1 kept a processor busy although nobody asked it for anything']);
});

test('a processor kept busy by a call is the deadline’s concern', async () => {
	const {clock, now, deaths, counts} = watch();
	now.cpuPercent = 95;
	now.openCalls = 1;
	for (let step = 0; step < 600; step++) {
		await clock.advance(100);
		now.heardAt = clock.monotonic();
	}

	assert.equal(counts().hogs, 0);
	assert.deepEqual(deaths, []);
});

test('a loop that nobody asked for ends the worker within seconds, also where other programs leave it little', async () => {
	const {clock, now, deaths} = watch();
	await clock.advance(10_000);
	now.cpuPercent = 12;
	await clock.advance(2000 + 2000 + defaultLimits.silentMs);
	assert.deepEqual(deaths, ['1 is stuck in a loop or in one long call']);
});

test('a worker that sleeps is never pinged, and one that still starts is left to its deadline', async () => {
	const {clock, now, deaths, counts} = watch();
	await clock.advance(60_000);
	assert.equal(counts().pings, 0);
	now.cpuPercent = 40;
	now.isActive = false;
	await clock.advance(10_000);
	assert.deepEqual([counts().pings, deaths], [0, []]);
});
