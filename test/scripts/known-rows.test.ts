import assert from 'node:assert/strict';
import {test} from 'node:test';
import {knownRows} from '../../scripts/known-rows.ts';

type Operations = Parameters<typeof knownRows>[0];

const write = (x: number, y: number, text: string, transformers: readonly ((line: string) => string)[] = []) =>
	({type: 'write', x, y, text, transformers}) as const;
const clip = (x2: number) => ({type: 'clip', clip: {x1: 0, x2}}) as const;

/** What each row came to, as Ink would put it together: `made` says which rows had to be. */
function draw(operations: Operations, width = 40, height = 3) {
	const rows = knownRows(operations, width, height);
	const made: number[] = [];
	const texts = rows.texts.map((text, row) => {
		if (text !== undefined) {
			return text;
		}

		made.push(row);
		return rows.remember(row, `${width}: ${JSON.stringify(operations.filter(one => one.type !== 'write' || one.y === row))}`);
	});
	return {texts, made};
}

test('a row is put together once, however the others change', () => {
	const first = draw([write(0, 0, 'title'), write(0, 1, 'one'), write(0, 2, 'two')]);
	assert.deepEqual(first.made, [0, 1, 2]);
	const next = draw([write(0, 0, 'title'), write(0, 1, 'other'), write(0, 2, 'two')]);
	assert.deepEqual(next.made, [1]);
	assert.equal(next.texts[2], first.texts[2]);
	assert.deepEqual(draw([write(0, 0, 'title'), write(0, 1, 'one'), write(0, 2, 'two')]).texts, first.texts);
});

test('what is written where, in which order, over what and how wide all matters', () => {
	const upper = (line: string) => line.toUpperCase();
	const ways: readonly Operations[] = [
		[write(0, 0, 'ab'), write(1, 0, 'cd')],
		[write(1, 0, 'cd'), write(0, 0, 'ab')],
		[write(0, 0, 'ab'), write(2, 0, 'cd')],
		[write(0, 0, 'ab', [upper]), write(1, 0, 'cd')],
		[clip(2), write(0, 0, 'ab'), {type: 'unclip'}, write(1, 0, 'cd')],
		[clip(3), write(0, 0, 'ab'), {type: 'unclip'}, write(1, 0, 'cd')],
		[clip(3), clip(2), write(0, 0, 'ab'), {type: 'unclip'}, {type: 'unclip'}, write(1, 0, 'cd')],
	];
	for (const way of ways) {
		assert.deepEqual(draw(way, 50, 1).made, [0]);
	}

	for (const way of ways) {
		assert.deepEqual(draw(way, 50, 1).made, []);
	}

	assert.deepEqual(draw(ways[0]!, 51, 1).made, [0]);
});

test('rows under a text of several lines are put together each time', () => {
	const operations = [write(0, 0, 'title'), write(0, 1, 'first\nsecond')];
	draw(operations, 60);
	assert.deepEqual(draw(operations, 60).made, [1, 2]);
	assert.deepEqual(draw([...operations, write(5, -1, 'above'), write(5, 9, 'below')], 60).made, [1, 2]);
});

test('what was not drawn for long is forgotten', () => {
	draw([write(0, 0, 'old')], 70, 1);
	for (let index = 0; index < 1000; index++) {
		draw([write(0, 0, `${index}`)], 70, 1);
	}

	assert.deepEqual(draw([write(0, 0, 'old')], 70, 1).made, [0]);
});
