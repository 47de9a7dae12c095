import assert from 'node:assert/strict';
import {test} from 'node:test';
import {FailureError} from '../../../source/core/failure/failure.ts';
import {cleanValue} from '../../../source/host/connection/clean-value.ts';
import {readBody} from '../../../source/host/connection/read-body.ts';

test('every string and key is made harmless and everything is frozen', () => {
	const value = cleanValue(JSON.parse('{"a\\u001b": ["x\\u0007", {"b": "\\u202ey"}], "n": 1, "z": null}')) as Record<string, unknown>;
	assert.deepEqual(value, {'a␛': ['x␇', {b: '\uFFFDy'}], n: 1, z: null});
	assert.ok(Object.isFrozen(value));
	assert.ok(Object.isFrozen(value['a␛']));
	assert.ok(Object.isFrozen((value['a␛'] as unknown[])[1]));
});

test('a key that reaches a prototype is refused at any depth, every time', () => {
	for (const key of ['__proto__', 'constructor', 'prototype', '__proto__']) {
		assert.throws(() => cleanValue(JSON.parse(`[{"a": {"${key}": {"polluted": 1}}}]`)), FailureError);
	}

	assert.equal(({} as {polluted?: unknown}).polluted, undefined);
});

test('a body that is too deep or no JSON is a failure, and none is null', () => {
	const deep = readBody('['.repeat(100) + ']'.repeat(100));
	assert.ok(!deep.ok && deep.error.code === 'CWS_PLUGIN_PROTOCOL');
	const broken = readBody('{');
	assert.ok(!broken.ok && broken.error.code === 'CWS_PLUGIN_PROTOCOL');
	assert.deepEqual(readBody(undefined), {ok: true, value: null});
});

test('log text loses its colours and comes line by line, what is executed stays exact', () => {
	const body = JSON.stringify([
		{stream: 'stdout', at: 5, text: '\u001B[32mok\u001B[0m\r\nnext\n'},
		{stream: 'stderr', text: 'plain'},
	]);
	assert.deepEqual(readBody(body, 'lines'), {
		ok: true,
		value: [
			{stream: 'stdout', at: 5, text: 'ok'},
			{stream: 'stdout', at: 5, text: 'next'},
			{stream: 'stderr', text: 'plain'},
		],
	});
	const command = {command: 'sh', args: ['-c', `printf 'a\n'${' '.repeat(5000)}`]};
	assert.deepEqual(readBody(JSON.stringify(command), 'exact'), {ok: true, value: command});
});
