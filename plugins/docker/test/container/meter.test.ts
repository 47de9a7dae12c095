import assert from 'node:assert/strict';
import {test} from 'node:test';
import {metricsBetween, readSample} from '../../container/meter.ts';

const sample = (read: string, nanos: number, memory: object = {}) =>
	readSample({read, cpu_stats: {cpu_usage: {total_usage: nanos}}, memory_stats: memory}, 0)!;

test('the processor is counted between two samples, as percent of one core', () => {
	const before = sample('2026-01-01T00:00:00.000Z', 1_000_000_000);
	const now = sample('2026-01-01T00:00:02.000Z', 4_000_000_000);
	assert.equal(metricsBetween(before, now).cpuPercent, 150);
	assert.equal(metricsBetween(undefined, now).cpuPercent, undefined);
	assert.equal(metricsBetween(now, before).cpuPercent, undefined);
});

test('memory is what the program uses, without the page cache, in both cgroup versions', () => {
	const megabyte = 1_048_576;
	const v1 = sample('', 1, {usage: 10 * megabyte, limit: 64 * megabyte, stats: {total_inactive_file: 4 * megabyte}});
	assert.deepEqual([v1.memoryBytes, v1.memoryTotalBytes], [6 * megabyte, 64 * megabyte]);
	assert.equal(sample('', 1, {usage: 10 * megabyte, stats: {inactive_file: 3 * megabyte}}).memoryBytes, 7 * megabyte);
	assert.equal(sample('', 1, {usage: 10, limit: 9_223_372_036_854_771_712}).memoryTotalBytes, undefined);
});

test('an answer without figures gives none', () => {
	for (const value of [null, {}, {cpu_stats: {cpu_usage: {total_usage: 'x'}}}, []]) {
		assert.equal(readSample(value, 0), undefined);
	}
});
