import assert from 'node:assert/strict';
import test from 'node:test';
import {actionLine, deployLine} from '../../../../source/engine/operations/words/cli-line.ts';
import {parseFieldValue} from '../../../../source/core/schema/field-value.ts';

const spec = {type: 'vm', name: 'web-1', token: 't'};

test('the line of a deploy does the same in a shell, whatever the values are', () => {
	const fields = {command: "echo 'hi there'", port: 8080, isPublic: true, env: {A: '1', B: '2'}};
	assert.equal(
		deployLine('local', {...spec, region: 'eu', size: 'small', fields, tags: {team: 'a b'}}),
		String.raw`cws deploy vm web-1 --provider local --region eu --size small --set command='echo '\''hi there'\''' --set port=8080 --set isPublic=true --set env=A=1,B=2 --tag 'team=a b'`,
	);
});

test('values of objects and arrays are written as they are read back', () => {
	const values = [{A: '1', B: 'x y'}, {A: 'a,b'}, {A: ' padded '}, ['a', 'b'], ['a,b'], ['[x']];
	for (const value of values) {
		const line = deployLine('local', {...spec, fields: {value}});
		const text = line.slice(line.indexOf('value=') + 6).replaceAll(/^'|'$/g, '');
		const read = parseFieldValue('value', {type: Array.isArray(value) ? 'array' : 'object'}, text);
		assert.deepEqual(read, {ok: true, value});
	}
});

test('the line of a destroy confirms with the name', () => {
	assert.equal(actionLine('destroy', {provider: 'local', name: 'web-1'}), 'cws destroy local/web-1 --confirm web-1');
	assert.equal(actionLine('stop', {provider: 'local', name: 'web-1'}, 'local/-/-/vm/x%20y'), 'cws stop local/-/-/vm/x%20y');
});
