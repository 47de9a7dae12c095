import assert from 'node:assert/strict';
import test from 'node:test';
import {checkName} from '../../source/core/name.ts';
import {nearest} from '../../source/core/text/nearest.ts';

const fixOf = (name: string): string | undefined => {
	const outcome = checkName(name);
	return outcome.ok ? undefined : outcome.error.fix;
};

test('a name is a DNS label', () => {
	for (const name of ['a', 'web-1', '1', 'a'.repeat(63), 'x--y']) {
		assert.deepEqual(checkName(name), {ok: true, value: name});
	}

	for (const name of ['', '-', '-a', 'a-', 'A', 'a b', 'a_b', 'a.b', 'ä', 'a'.repeat(64), 'a\n', '../x', '\u001B[31m']) {
		assert.equal(checkName(name).ok, false, JSON.stringify(name));
	}
});

test('a name that cannot be comes with one that can', () => {
	assert.equal(fixOf('My Web Server!'), 'use `my-web-server`');
	assert.equal(fixOf('Café Zürich'), 'use `cafe-zurich`');
	assert.equal(fixOf('日本'), 'use a name like `web-1`');
	for (const name of [`${'a'.repeat(62)}--b`, `--${'b'.repeat(70)}`, 'A_'.repeat(40), 'İstanbul']) {
		const suggestion = /`(.*)`/.exec(fixOf(name) ?? '')?.[1] ?? '';
		assert.equal(checkName(suggestion).ok, true, suggestion);
	}
});

test('the nearest word is found when it is near enough to be a slip', () => {
	const verbs = ['deploy', 'destroy', 'list', 'logs', 'start', 'stop'];
	assert.deepEqual(
		['dpeloy', 'destory', 'lst', 'log', 'STOP', 'strat'].map(word => nearest(word, verbs)),
		['deploy', 'destroy', 'list', 'logs', 'stop', 'start'],
	);
	assert.deepEqual(
		['kubernetes', 'x', ''].map(word => nearest(word, verbs)),
		[undefined, undefined, undefined],
	);
});
