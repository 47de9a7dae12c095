import assert from 'node:assert/strict';
import {test} from 'node:test';
import {defaultLimits} from '../../../source/host/limits.ts';
import {createUsage} from '../../../source/host/supervisor/usage.ts';

const mib = 1024 * 1024;

test('figures are rounded and published only when they are due and differ', () => {
	const usage = createUsage(defaultLimits);
	assert.deepEqual(usage.sampled({at: 0, memoryBytes: 12.4 * mib, cpuMicros: 0}), {
		memoryBytes: 12 * mib,
		cpuPercent: 0,
		calls: 0,
		errors: 0,
	});
	assert.equal(usage.sampled({at: 100, memoryBytes: 90 * mib, cpuMicros: 0}), undefined, 'not due');
	assert.equal(usage.sampled({at: 6000, memoryBytes: 12.9 * mib, cpuMicros: 20_000}), undefined, 'the same when rounded');
	assert.deepEqual(usage.sampled({at: 11_000, memoryBytes: 20 * mib, cpuMicros: 20_000 + 2_500_000}), {
		memoryBytes: 20 * mib,
		cpuPercent: 50,
		calls: 0,
		errors: 0,
	});
	assert.equal(usage.sampled({at: 16_000, memoryBytes: 21 * mib, cpuMicros: 20_000 + 2_500_000 + 2_600_000}), undefined, 'a flicker');
});

test('calls, errors and latencies are counted', () => {
	const usage = createUsage(defaultLimits);
	for (let ms = 1; ms <= 100; ms++) {
		usage.called(ms, ms % 10 !== 0);
	}

	const figures = usage.sampled({at: 0, memoryBytes: mib, cpuMicros: 0});
	assert.deepEqual([figures?.calls, figures?.errors, figures?.p50Ms, figures?.p95Ms], [100, 10, 51, 96]);
});

test('a new worker does not count the processor time of the old one', () => {
	const usage = createUsage(defaultLimits);
	usage.sampled({at: 0, memoryBytes: mib, cpuMicros: 9_000_000});
	usage.restarted();
	assert.equal(usage.sampled({at: 10_000, memoryBytes: mib, cpuMicros: 100}), undefined);
	assert.equal(usage.sampled({at: 20_000, memoryBytes: mib, cpuMicros: 5_000_100})?.cpuPercent, 50);
});
