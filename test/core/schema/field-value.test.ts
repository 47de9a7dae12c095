import assert from 'node:assert/strict';
import test from 'node:test';
import {parseFieldValue} from '../../../source/core/schema/field-value.ts';
import {type JsonSchema} from '../../../source/core/schema/json.ts';

const valueOf = (type: NonNullable<JsonSchema['type']>, text: string): unknown => {
	const outcome = parseFieldValue('field', {type}, text);
	return outcome.ok ? outcome.value : outcome.error.message;
};

test('a text is read as the type of its field', () => {
	assert.deepEqual([valueOf('integer', '8080'), valueOf('number', ' 1.5 '), valueOf('string', ' as it is ')], [8080, 1.5, ' as it is ']);
	assert.deepEqual(
		['true', 'YES', 'off', '0'].map(text => valueOf('boolean', text)),
		[true, true, false, false],
	);
	assert.deepEqual(valueOf('array', 'a, b\nc,'), ['a', 'b', 'c']);
	assert.deepEqual(valueOf('object', 'A=1, B=x=y\nC='), {A: '1', B: 'x=y', C: ''});
});

test('values with commas are given as JSON', () => {
	assert.deepEqual(valueOf('object', '{"A": "1,2"}'), {A: '1,2'});
	assert.deepEqual(valueOf('array', '["a,b", "c"]'), ['a,b', 'c']);
});

test('what cannot be read names the field and what it must be', () => {
	assert.equal(valueOf('integer', 'many'), '`field` must be a number, not `many`.');
	assert.equal(valueOf('number', ''), '`field` must be a number, not ``.');
	assert.equal(valueOf('number', 'Infinity'), '`field` must be a number, not `Infinity`.');
	assert.equal(valueOf('boolean', 'maybe'), '`field` must be true or false, not `maybe`.');
	assert.equal(valueOf('object', 'A'), '`field` must be `KEY=value` pairs, not `A`.');
	assert.equal(valueOf('object', '{"A"'), '`field` must be a JSON object, not `{"A"`.');
});

test('a key called __proto__ is a key', () => {
	const value = valueOf('object', '__proto__=x') as object;
	assert.ok(Object.hasOwn(value, '__proto__'));
});
