import assert from 'node:assert/strict';
import {test} from 'node:test';
import {defaultLimits} from '../../../source/host/limits.ts';
import {createStrikes} from '../../../source/host/supervisor/strikes.ts';

const second = 1000;
const middle = () => 0.5;

test('the rest doubles with each failure, and three in a minute open the circuit', () => {
	const strikes = createStrikes(defaultLimits, middle);
	assert.equal(Math.round(strikes.add(0, 1).backoffMs), 200);
	assert.equal(Math.round(strikes.add(second, 1).backoffMs), 400);
	assert.equal(strikes.isOpen(second), false);
	const third = strikes.add(2 * second, 1);
	assert.equal(Math.round(third.backoffMs), 30_000);
	assert.equal(third.isQuarantined, false);
	assert.equal(strikes.isOpen(2 * second), true);
	assert.equal(strikes.isOpen(63 * second), false);
});

test('five in ten minutes, or one that weighs three, quarantine', () => {
	const strikes = createStrikes(defaultLimits, middle);
	const verdicts = [0, 100, 200, 300, 400].map(at => strikes.add(at * second, 1).isQuarantined);
	assert.deepEqual(verdicts, [false, false, false, false, true]);
	assert.equal(createStrikes(defaultLimits, middle).add(0, 3).isQuarantined, true);
});

test('old failures are forgotten by time, all of them on request', () => {
	const strikes = createStrikes(defaultLimits, middle);
	for (const minute of [0, 1, 2, 3]) {
		strikes.add(minute * 60 * second, 1);
	}

	assert.equal(strikes.count(5 * 60 * second), 4);
	assert.equal(strikes.count(12 * 60 * second), 1);
	strikes.clear();
	assert.equal(strikes.count(0), 0);
});

test('the rest varies by a fifth, so that plugins that died together do not come back together', () => {
	assert.equal(Math.round(createStrikes(defaultLimits, () => 0).add(0, 1).backoffMs), 160);
	assert.equal(Math.round(createStrikes(defaultLimits, () => 1).add(0, 1).backoffMs), 240);
});
