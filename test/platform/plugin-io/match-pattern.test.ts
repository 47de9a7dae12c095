import assert from 'node:assert/strict';
import {test} from 'node:test';
import {matchesPattern} from '../../../source/platform/plugin-io/match-pattern.ts';

test('a pattern takes a value as a whole', () => {
	assert.equal(matchesPattern(String.raw`[\w.-]{1,63}`, 'web-1.example'), true);
	assert.equal(matchesPattern('a|b', 'ab'), false);
	assert.equal(matchesPattern('[a-z]+', 'abc;'), false);
	assert.equal(matchesPattern('(', '('), false, 'no pattern takes nothing');
	assert.equal(matchesPattern('`)+process.exit()+(`', 'x'), false, 'it is data, not code');
});

test('a pattern that takes for ever is given up, and after a few times not tried any more', () => {
	const run = () => matchesPattern('(a+)+', `${'a'.repeat(64)}b`);
	assert.deepEqual([run(), run(), run()], [false, false, false]);
	assert.equal(matchesPattern('(a+)+', 'a'), false);
});
