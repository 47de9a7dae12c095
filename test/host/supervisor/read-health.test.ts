import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readHealth} from '../../../source/host/supervisor/read-health.ts';

test('health keeps what has the right type and drops the rest', () => {
	assert.deepEqual(
		readHealth({
			status: 'warn',
			output: 'nearly full',
			fix: 'Free some space.',
			checks: [
				{name: 'disk', status: 'warn', observedValue: 91, observedUnit: '%', output: 5},
				{status: 'pass'},
				null,
				{name: 'net', status: 'great'},
			],
			latencyMs: -5,
			other: 1,
		}),
		{
			status: 'warn',
			output: 'nearly full',
			fix: 'Free some space.',
			checks: [
				{name: 'disk', status: 'warn', observedValue: 91, observedUnit: '%'},
				{name: 'net', status: 'unknown'},
			],
		},
	);
});

test('an answer that is no health is unknown and says so', () => {
	for (const value of [null, 'fine', {status: 'good'}, [1]]) {
		assert.deepEqual(readHealth(value), {status: 'unknown', output: 'The plugin gave no health.'});
	}
});
