import assert from 'node:assert/strict';
import {test} from 'node:test';
import {frameLimits, isFrame, isTooDeep, packBody, textOf} from '../../../source/host/protocol/frame.ts';
import {createTokenBucket} from '../../../source/host/protocol/token-bucket.ts';

test('small JSON travels as a string, larger as bytes, too large not at all', () => {
	assert.equal(packBody('{"a":1}'), '{"a":1}');
	const large = JSON.stringify('ü'.repeat(20_000));
	const body = packBody(large);
	assert.ok(body instanceof Uint8Array);
	assert.equal(textOf(body), large);
	assert.equal(packBody('x'.repeat(frameLimits.bytes + 1)), undefined);
	assert.equal(packBody('ü'.repeat(frameLimits.bytes - 1)), undefined);
});

test('only an array of a kind, an id and a body of a fair size is a frame', () => {
	assert.ok(isFrame(['a', 1]));
	assert.ok(isFrame(['a', 1, '{}']));
	assert.ok(isFrame(['a', 1, new Uint8Array(10)]));
	for (const message of [
		undefined,
		null,
		'a',
		{0: 'a', 1: 1, length: 2},
		[],
		['a'],
		['ab', 1],
		['a', 1.5],
		['a', '1'],
		['a', 1, {}],
		['a', 1, '{}', 4],
		['a', 1, 'x'.repeat(frameLimits.textLength + 1)],
		['a', 1, new Uint8Array(frameLimits.bytes + 1)],
		['a', 1, new Uint8Array(new SharedArrayBuffer(8))],
	]) {
		assert.equal(isFrame(message), false);
	}
});

test('depth counts brackets outside of texts only', () => {
	const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
	assert.equal(isTooDeep(nested(64)), false);
	assert.equal(isTooDeep(nested(65)), true);
	assert.equal(isTooDeep(JSON.stringify('['.repeat(1000))), false);
	assert.equal(isTooDeep(JSON.stringify({text: '"\\"[['.repeat(100), next: 1})), false);
	assert.equal(isTooDeep(`{"a\\\\":${nested(65)}}`), true);
	assert.equal(isTooDeep('"never closed ['), false);
	assert.equal(isTooDeep(Array.from({length: 100}, () => '[]').join(',')), false);
});

test('a bucket lets a burst through, then a steady rate, and counts what it dropped', () => {
	let now = 0;
	const bucket = createTokenBucket({perSecond: 10, burst: 3, monotonic: () => now});
	assert.deepEqual(
		Array.from({length: 5}, () => bucket.take()),
		[0, 0, 0, undefined, undefined],
	);
	now = 100;
	assert.equal(bucket.take(), 2);
	assert.equal(bucket.take(), undefined);
	now = 10_000;
	assert.deepEqual(
		Array.from({length: 4}, () => bucket.take()),
		[1, 0, 0, undefined],
	);
});
