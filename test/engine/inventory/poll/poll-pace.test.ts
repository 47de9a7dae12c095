import assert from 'node:assert/strict';
import test from 'node:test';
import {failure} from '../../../../source/core/failure/failure.ts';
import {nextPollMs} from '../../../../source/engine/inventory/poll/poll-pace.ts';

const calm = {key: 'lab/vm', everyMs: 10_000, tookMs: 10, failures: 0};

test('a calm source is polled at its interval, with an offset of its own of at most a tenth', () => {
	const offsets = Array.from({length: 50}, (_, index) => nextPollMs({...calm, key: `lab/t${index}`}));
	assert.ok(offsets.every(ms => ms >= 10_000 && ms <= 11_000));
	assert.ok(new Set(offsets).size > 25);
	assert.equal(nextPollMs(calm), nextPollMs(calm));
});

test('a list that takes long leaves twenty times as long in between', () => {
	assert.ok(nextPollMs({...calm, tookMs: 5000}) >= 100_000);
});

test('failures double the wait up to five minutes, and the provider may ask for more', () => {
	const waits = [1, 2, 3, 10, 1000].map(failures => nextPollMs({...calm, failures}));
	assert.ok(waits[0]! >= 20_000 && waits[1]! >= 40_000 && waits[2]! >= 80_000);
	assert.ok(waits[3]! <= 330_000 && waits[4]! <= 330_000);
	const error = failure('CWS_THROTTLED', {message: 'x', details: {retryAfterMs: 900_000}});
	assert.ok(nextPollMs({...calm, failures: 1, error}) >= 900_000);
});
