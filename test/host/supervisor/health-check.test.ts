import assert from 'node:assert/strict';
import {test} from 'node:test';
import {healthEvent} from '../../../source/host/supervisor/health-check.ts';

test('a change of health says from what to what, and why', () => {
	const event = healthEvent('slurm', 'pass', {status: 'warn', output: 'slurmctld answered in 2.1 s'});
	assert.deepEqual([event?.message, event?.level], ['pass → warn: slurmctld answered in 2.1 s', 'warn']);
	assert.equal(healthEvent('slurm', 'warn', {status: 'pass'})?.message, 'warn → pass');
	assert.equal(healthEvent('slurm', 'unknown', {status: 'fail', output: 'no answer'})?.message, 'fail: no answer');
});

test('health that did not change, or a first one that is well, is no news', () => {
	assert.equal(healthEvent('slurm', 'unknown', {status: 'pass', output: 'demo'}), undefined);
	assert.equal(healthEvent('slurm', 'warn', {status: 'warn'}), undefined);
});
