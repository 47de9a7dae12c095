import assert from 'node:assert/strict';
import test from 'node:test';
import {readTyping, type Typing} from '../../source/platform/hidden-prompt.ts';

const type = (...pieces: readonly string[]): Typing => {
	let typing: Typing = {typed: '', isPasting: false};
	for (const piece of pieces) {
		typing = readTyping(typing, piece);
	}

	return typing;
};

test('Enter ends what was typed, letter by letter or at once', () => {
	assert.deepEqual(type('a', 'b', '\r'), {typed: 'ab', isPasting: false, end: 'entered'});
	assert.deepEqual(type('token\r'), {typed: 'token', isPasting: false, end: 'entered'});
	assert.equal(type('tok').end, undefined);
});

test('a pasted key of several lines is one answer, also in pieces', () => {
	assert.deepEqual(type('\u001B[200~line 1\r', 'line 2\r', 'line 3\r\u001B[201~', '\r'), {
		typed: 'line 1\nline 2\nline 3\n',
		isPasting: false,
		end: 'entered',
	});
	assert.deepEqual(type('line 1\r\nline 2\r\n').typed, 'line 1\nline 2');
});

test('keys edit and cancel, and none of them gets into the secret', () => {
	assert.equal(type('tokex', '\u007F', 'n', '\r').typed, 'token');
	assert.equal(type('wrong', '\u0015', 'right', '\r').typed, 'right');
	assert.equal(type('to', '\u001B[D', '\u001BOA', 'ken', '\r').typed, 'token');
	assert.equal(type('token', '\u0003').end, 'cancelled');
	assert.equal(type('\u0004').end, 'cancelled');
	assert.equal(type('token', '\u0004').end, 'entered');
});
