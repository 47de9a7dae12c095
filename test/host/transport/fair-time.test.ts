import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startFairSpan, waitedMsOf} from '../../../source/host/transport/fair-time.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';

test('time in which others had the processor does not count, but a tenth of all always does', async () => {
	const clock = createFakeClock();
	let waited = 500;
	const span = startFairSpan(clock, {waitedMs: () => waited});
	await clock.advance(1000);
	assert.equal(span(), 1000);
	waited += 400;
	assert.equal(span(), 600);
	waited += 600;
	assert.equal(span(), 100);
});

test('where nobody counts it, time is time', async () => {
	const clock = createFakeClock();
	const span = startFairSpan(clock, {});
	await clock.advance(300);
	assert.equal(span(), 300);
	assert.equal(waitedMsOf('/proc/none'), undefined);
});

test('Linux counts how long this process waited', {skip: process.platform !== 'linux' && 'not Linux'}, () => {
	assert.ok(waitedMsOf('/proc/self')! >= 0);
});
