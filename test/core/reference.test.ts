import assert from 'node:assert/strict';
import test from 'node:test';
import {formatRef, parseRef} from '../../source/core/reference.ts';

test('a reference has five parts, and a dash where there is none', () => {
	assert.equal(formatRef({provider: 'aws', account: 'prod', region: 'us-east-1', type: 'vm', id: 'i-1'}), 'aws/prod/us-east-1/vm/i-1');
	assert.equal(formatRef({provider: 'local', type: 'vm', id: 'web-1'}), 'local/-/-/vm/web-1');
});

test('whatever the parts are, they come back as they were', () => {
	const odd = ['-', '--', '-a', 'a/b', 'a b', 'ä', '日本', '100%', '%2D', '%', '..', '\u001B[31m', "o'brien", 'a'.repeat(500)];
	for (const id of odd) {
		for (const account of [undefined, ...odd]) {
			const parts = {provider: 'p', ...(account !== undefined && {account}), type: 't', id};
			assert.deepEqual(parseRef(formatRef(parts)), parts);
		}
	}
});

test('two different resources never have one reference', () => {
	const all = ['-', '', undefined, '%2D', '/', 'a', 'a/', '%2F'].flatMap(account =>
		['-', 'x', 'x/y', '%2D'].map(id => formatRef({provider: 'p', account, type: 't', id})),
	);
	// Empty and absent are the same.
	assert.equal(new Set(all).size, all.length - 4);
});

test('half of a surrogate pair does not break the making of a reference', () => {
	assert.equal(parseRef(formatRef({provider: 'p', type: 't', id: 'a\uD800'}))?.id, 'a\uFFFD');
});

test('what is no reference is not taken for one', () => {
	for (const text of ['', 'web-1', 'local/web-1', 'a/b/c/d', 'a/b/c/d/e/f', '-/-/-/vm/x', 'a/-/-/-/x', 'a/-/-/vm/-', 'a/-/-/vm/%zz']) {
		assert.equal(parseRef(text), undefined, text);
	}
});
