import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseSort} from '../../../source/engine/query/parse-sort.ts';

test('a column sorts upwards, and downwards with a dash', () => {
	assert.deepEqual(parseSort('name'), {ok: true, value: {column: 'name', isDescending: false}});
	assert.deepEqual(parseSort('-Hourly'), {ok: true, value: {column: 'hourly', isDescending: true}});
});

test('an unknown column names the nearest, and all there are', () => {
	const sort = parseSort('-hourl');
	assert.ok(!sort.ok);
	assert.match(sort.error.fix!, /`-hourly`/);
	assert.match(sort.error.cause!, /name, provider, where/);
});
