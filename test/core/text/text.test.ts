import assert from 'node:assert/strict';
import test from 'node:test';
import {padEnd, padStart, textWidth, truncate, truncateMiddle, wrapText} from '../../../source/core/text/text.ts';

const samples = [
	'',
	'web-1',
	'genomics-gpu-with-a-long-name',
	'日本語のホスト',
	'naïve café',
	'a👩‍🔬b👩‍🔬c',
	'ｆｕｌｌ',
	'e\u0301e\u0301e\u0301',
];

test('width counts cells: wide characters two, combining marks none', () => {
	assert.deepEqual(
		['web-1', '日本', 'e\u0301', '👩‍🔬'].map(text => textWidth(text)),
		[5, 4, 1, 2],
	);
});

test('cutting never gives more cells than asked for, and leaves alone what fits', () => {
	for (const text of samples) {
		for (let width = 0; width <= 40; width++) {
			assert.ok(textWidth(truncate(text, width)) <= width, `${text} in ${width}`);
			assert.ok(textWidth(truncateMiddle(text, width)) <= width, `${text} in ${width}, middle`);
			if (textWidth(text) <= width) {
				assert.equal(truncate(text, width), text);
				assert.equal(truncateMiddle(text, width), text);
			}
		}
	}
});

test('padding gives exactly the width on either side, whatever the characters', () => {
	for (const text of samples) {
		for (let width = 0; width <= 40; width++) {
			assert.equal(textWidth(padEnd(text, width)), width, `${text} in ${width}`);
			assert.equal(textWidth(padStart(text, width)), width, `${text} in ${width}`);
		}
	}

	assert.deepEqual([padEnd('ab', 4), padStart('ab', 4), padStart('12345', 4)], ['ab  ', '  ab', '123…']);
});

test('an id is cut in the middle, so that both ends can be read', () => {
	assert.equal(truncateMiddle('i-0a12b34c56d79f3e', 11), 'i-0a1…79f3e');
	assert.equal(truncateMiddle('日本語のホスト', 7), '日…ト');
});

test('a character is never split: what does not fit whole is left out', () => {
	assert.equal(truncate('日本語', 4), '日…');
	assert.equal(truncate('👩‍🔬👩‍🔬', 3), '👩‍🔬…');
});

test('text is broken at spaces, long words where they must be, and paragraphs stay', () => {
	assert.deepEqual(wrapText('the port is in use', 8), ['the port', 'is in', 'use']);
	assert.deepEqual(wrapText('abcdefghij k', 4), ['abcd', 'efgh', 'ij k']);
	assert.deepEqual(wrapText('one\n\ntwo', 10), ['one', '', 'two']);
	for (const line of samples.flatMap(text => wrapText(text, 6))) {
		assert.ok(textWidth(line) <= 6, line);
	}
});
