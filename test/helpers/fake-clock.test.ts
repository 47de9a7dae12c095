import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createFakeClock} from './fake-clock.ts';

test('timers run in the order of their due times, each with its own time on the clock', async () => {
	const clock = createFakeClock({now: 1000});
	const seen: string[] = [];
	clock.after(20, () => seen.push(`b${clock.now()}`));
	clock.after(10, () => seen.push(`a${clock.now()}`));
	clock.every(15, () => seen.push(`e${clock.now()}`));
	await clock.advance(30);
	assert.deepEqual(seen, ['a1010', 'e1015', 'b1020', 'e1030']);
	assert.equal(clock.now(), 1030);
	assert.equal(clock.monotonic(), 30);
});

test('what a timer sets going settles before the next timer runs', async () => {
	const clock = createFakeClock();
	const seen: string[] = [];
	const chain = async () => {
		await clock.sleep(5);
		seen.push('woke');
		await Promise.resolve();
		clock.after(1, () => seen.push('nested'));
	};

	const done = chain();
	clock.after(8, () => seen.push('later'));
	await clock.advance(10);
	await done;
	assert.deepEqual(seen, ['woke', 'nested', 'later']);
});

test('a cancelled timer and an aborted sleep are gone', async () => {
	const clock = createFakeClock();
	const controller = new AbortController();
	const cancel = clock.every(1, () => assert.fail('cancelled'));
	const sleeping = clock.sleep(50, controller.signal);
	cancel();
	controller.abort();
	await assert.rejects(sleeping, {name: 'AbortError'});
	assert.equal(clock.pending(), 0);
	await clock.advance(100);
});

test('a jump of the wall clock leaves the steady one alone', () => {
	const clock = createFakeClock({now: 0});
	clock.jump(-500);
	assert.equal(clock.now(), -500);
	assert.equal(clock.monotonic(), 0);
});
