import assert from 'node:assert/strict';
import test from 'node:test';
import {isSameJson} from '../../../source/core/schema/same-json.ts';

const rows = [
	{},
	{a: 1},
	{a: '1'},
	{a: null},
	{a: [1, {b: 2}]},
	{a: [1, {b: 3}]},
	{a: [1]},
	{a: {0: 1}},
	{a: [1, {b: 2}], c: 4},
	[],
	null,
	'a',
	0,
];

test('values are the same when they say the same, however they are made', () => {
	for (const [index, one] of rows.entries()) {
		for (const [other, value] of rows.entries()) {
			assert.equal(isSameJson(one, structuredClone(value)), index === other, `${JSON.stringify(one)} and ${JSON.stringify(value)}`);
		}
	}
});

test('what is undefined is not there, and one property may be left out of sight', () => {
	assert.equal(isSameJson({a: 1, b: undefined}, {a: 1}), true);
	assert.equal(isSameJson({a: 1}, {a: 1, b: undefined}), true);
	assert.equal(isSameJson({a: 1, at: 5}, {a: 1, at: 6}, 'at'), true);
	assert.equal(isSameJson({a: {at: 5}}, {a: {at: 6}}, 'at'), false, 'only of the outermost');
});
