import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startTicking} from '../../source/app/tick.ts';
import {createFakeClock} from '../helpers/fake-clock.ts';
import {now, sampleSource, sampleState} from '../ui/helpers/samples.ts';
import {createTestStore} from '../ui/helpers/view-store.ts';

const base = sampleState();
const seen = (seenAt: number) => ({...base, sources: [sampleSource([], {seenAt})]});

function start(seenAt: number) {
	const clock = createFakeClock({now});
	const store = createTestStore(seen(seenAt));
	const drawn: number[] = [];
	store.subscribe(() => drawn.push(clock.now() - now));
	const stop = startTicking(store, clock);
	const answer = (at: number) => {
		store.setTime(clock.now());
		store.setEngine(seen(at));
	};
	return {clock, store, drawn, stop, answer};
}

test('the screen steps when its oldest age does', async () => {
	const {clock, drawn, stop} = start(now);
	await clock.advance(14_999);
	assert.deepEqual(drawn, []);
	await clock.advance(1);
	assert.deepEqual(drawn, [15_000]);
	stop();
	assert.equal(clock.pending(), 0);
});

test('an answer in time keeps the screen as it is, and the step waits for the next one', async () => {
	const {clock, drawn, answer, stop} = start(now);
	await clock.advance(11_000);
	answer(now + 11_000);
	await clock.advance(11_000);
	answer(now + 22_000);
	await clock.advance(14_999);
	assert.deepEqual(drawn, []);
	await clock.advance(1);
	assert.deepEqual(drawn, [37_000]);
	answer(now + 37_000);
	await clock.flush();
	assert.deepEqual(drawn, [37_000, 37_000], 'the late one is shown at once');
	stop();
});

test('a clock that was set back is believed at the next step', async () => {
	const {clock, store, stop} = start(now);
	clock.jump(-3_600_000);
	await clock.advance(15_000);
	assert.equal(store.getState().now, clock.now());
	stop();
});
