import assert from 'node:assert/strict';
import test from 'node:test';
import {formatBytes, parseBytes} from '../../../source/core/text/bytes.ts';
import {formatAge, formatDuration, formatElapsed, parseDuration} from '../../../source/core/text/duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test('bytes are short, in powers of 1024', () => {
	const cases: readonly (readonly [number, string])[] = [
		[0, '0 B'],
		[1023, '1023 B'],
		[1024, '1 KB'],
		[1536, '1.5 KB'],
		[256 * 1024 ** 2, '256 MB'],
		[1023.9 * 1024, '1 MB'],
		[9.96 * 1024 ** 3, '10 GB'],
		[5000 * 1024 ** 5, '5000 PB'],
		[-5, '0 B'],
		[Number.NaN, '?'],
		[Number.POSITIVE_INFINITY, '?'],
	];
	for (const [bytes, text] of cases) {
		assert.equal(formatBytes(bytes), text);
	}
});

test('bytes are read the way people write them', () => {
	assert.deepEqual(
		['1024', '256mb', '256 MB', '1.5 GiB', '2k', '0', ' 7 B '].map(text => parseBytes(text)),
		[1024, 256 * 1024 ** 2, 256 * 1024 ** 2, 1.5 * 1024 ** 3, 2048, 0, 7],
	);
	for (const text of ['', 'mb', '-1', '1e3', '5i', '1 zb', '1,5 GB']) {
		assert.equal(parseBytes(text), undefined, text);
	}
});

test('a duration in a table is one unit, rounded down', () => {
	assert.deepEqual(
		[0, 4999, 59_999, minute, 119 * minute, 47 * hour, 48 * hour, 88 * day, -5].map(ms => formatDuration(ms)),
		['0s', '4s', '59s', '1m', '1h', '47h', '2d', '88d', '0s'],
	);
});

test('an elapsed time has its fraction, and never sixty of a unit', () => {
	assert.deepEqual(
		[0, 0.4, 41, 999, 999.7, 2100, 9949, 9960, 59_400, 59_600, minute, 4 * minute + 50_000, 2 * hour].map(ms => formatElapsed(ms)),
		['0 ms', '0 ms', '41 ms', '999 ms', '1.0 s', '2.1 s', '9.9 s', '10 s', '59 s', '1 min', '1 min', '4 min', '2h'],
	);
});

test('an age moves in steps', () => {
	assert.deepEqual(
		[0, 9999, 10_000, 19_999, 59_999, minute, 3 * hour].map(ms => formatAge(ms)),
		['live', 'live', '10s', '10s', '50s', '1m', '3h'],
	);
});

test('durations are read the way people write them, a bare number as seconds', () => {
	assert.deepEqual(
		['90', '90s', '1h30m', '1h 30m', '2d', '250ms', '5min', '0.5h', ' 1W '].map(text => parseDuration(text)),
		[90 * second, 90 * second, 90 * minute, 90 * minute, 2 * day, 250, 5 * minute, 30 * minute, 7 * day],
	);
	for (const text of ['', 'h', '-5s', '1y', '5 apples', '1h30', '1..5s']) {
		assert.equal(parseDuration(text), undefined, text);
	}
});
