import assert from 'node:assert/strict';
import {test} from 'node:test';
import {coarsen} from '../../process/coarse.ts';

const megabyte = 1_048_576;

test('figures that waver stay the same object, so that nothing is sent', () => {
	const shown = coarsen(undefined, {cpuPercent: 3.2, memoryBytes: 100 * megabyte, uptimeMs: 61_000, load1: 0.51});
	assert.deepEqual(shown, {cpuPercent: 3, memoryBytes: 100 * megabyte, uptimeMs: 60_000, load1: 0.5});
	assert.equal(coarsen(shown, {cpuPercent: 5.9, memoryBytes: 102 * megabyte, uptimeMs: 119_000, load1: 0.6}), shown);
});

test('figures that really differ are shown', () => {
	const shown = coarsen(undefined, {cpuPercent: 3, memoryBytes: 100 * megabyte, uptimeMs: 0});
	assert.equal(coarsen(shown, {cpuPercent: 40.4, memoryBytes: 100 * megabyte, uptimeMs: 0}).cpuPercent, 40);
	assert.equal(coarsen(shown, {cpuPercent: 3, memoryBytes: 200 * megabyte, uptimeMs: 0}).memoryBytes, 200 * megabyte);
});

test('the first percentage is news even when it is zero', () => {
	const shown = coarsen(undefined, {memoryBytes: megabyte});
	assert.equal(coarsen(shown, {cpuPercent: 0, memoryBytes: megabyte}).cpuPercent, 0);
});
