import assert from 'node:assert/strict';
import {test} from 'node:test';
import {newLines} from '../vm/console.ts';

test('of a console that grew only what is new is shown, even when its beginning fell out', () => {
	assert.deepEqual(newLines(['a', 'b'], ['a', 'b', 'c']), ['c']);
	assert.deepEqual(newLines(['a', 'b', 'c'], ['b', 'c', 'd', 'e']), ['d', 'e']);
	assert.deepEqual(newLines(['a', 'b'], ['a', 'b']), []);
	assert.deepEqual(newLines([], ['a']), ['a']);
	assert.deepEqual(newLines(['a'], []), []);
	assert.deepEqual(newLines(['x', 'y'], ['new', 'boot']), ['new', 'boot']);
	assert.deepEqual(newLines(['ok', 'ok'], ['ok', 'ok', 'ok']), ['ok']);
});
