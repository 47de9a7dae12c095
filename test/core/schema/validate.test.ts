import assert from 'node:assert/strict';
import test from 'node:test';
import {type JsonSchema} from '../../../source/core/schema/json.ts';
import {loadValidator} from '../../../source/core/schema/validate.ts';

const schema: JsonSchema = {
	type: 'object',
	properties: {
		command: {type: 'string', minLength: 1},
		port: {type: 'integer', minimum: 1, maximum: 65_535},
		template: {type: 'string', enum: ['shell', 'http']},
		env: {type: 'object', additionalProperties: {type: 'string'}},
		url: {type: 'string', format: 'uri', maxLength: 9},
	},
	required: ['command'],
	additionalProperties: false,
};

test('a value that fits has no problems, whatever its format is called', async () => {
	const validate = await loadValidator();
	assert.deepEqual(validate(schema, {command: 'sleep', port: 80, env: {A: 'b'}, url: 'not one'}), []);
});

test('each problem names its field and says what is wrong in words', async () => {
	const validate = await loadValidator();
	const problems = validate(schema, {command: '', port: 70_000, template: 'ssh', prot: 1, env: {'A/B': 1}, url: 'too long for it'});
	assert.deepEqual(Object.fromEntries(problems.map(({field, message}) => [field, message])), {
		prot: 'is not a known field',
		command: 'must not be empty',
		port: 'must be at most 65535',
		template: 'must be one of shell, http',
		'env.A/B': 'must be string',
		url: 'must have at most 9 characters',
	});
	assert.deepEqual(validate(schema, {}), [{field: 'command', pointer: '/command', message: 'is required'}]);
	assert.deepEqual(validate(schema, {command: 'x', port: 1.5}), [{field: 'port', pointer: '/port', message: 'must be integer'}]);
	assert.deepEqual(validate(schema, 'x'), [{field: '', pointer: '', message: 'must be object'}]);
});

test('an unknown field comes with its pointer and the known one it was meant to be', async () => {
	const validate = await loadValidator();
	assert.deepEqual(validate(schema, {command: 'x', prot: 1}), [
		{field: 'prot', pointer: '/prot', message: 'is not a known field', nearest: 'port'},
	]);
	const [problem] = validate(schema, {command: 'x', env: {'a/b~c': 1}});
	assert.deepEqual([problem?.pointer, problem?.field], ['/env/a~1b~0c', 'env.a/b~c']);
});

test('a pattern is said in the words its schema has for it', async () => {
	const validate = await loadValidator();
	const [problem] = validate({type: 'string', pattern: '^[A-Z]{3}$', 'x-expected': 'three capital letters'}, 'usd');
	assert.equal(problem?.message, 'must be three capital letters');
});
