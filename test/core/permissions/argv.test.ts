import assert from 'node:assert/strict';
import {test} from 'node:test';
import {coversArguments, fillArguments, showCommand} from '../../../source/core/permissions/argv.ts';
import {isPowerful} from '../../../source/core/permissions/powerful-commands.ts';

const host = {name: 'host', pattern: String.raw`[\w.-]{1,63}`};
const matches = (pattern: string, value: string) => new RegExp(`^(?:${pattern})$`, 'u').test(value);
const fill = (params: Readonly<Record<string, unknown>>) => fillArguments(['server', 'ssh', host], params, matches);

test('parameters become one word each, in their places', () => {
	assert.deepEqual(fill({host: 'web-1'}), {args: ['server', 'ssh', 'web-1']});
	assert.deepEqual(fillArguments(['--name', {name: 'n', pattern: '.*'}], {n: '$(reboot) `x` "y" \'z\' *'}, matches), {
		args: ['--name', '$(reboot) `x` "y" \'z\' *'],
	});
});

test('a parameter that could be more than a value is refused, whatever its pattern says', () => {
	const any = (value: unknown) => fillArguments([{name: 'n', pattern: '[^]*'}], {n: value}, matches);
	for (const value of ['--config=/evil', '-x', 'a\nb', 'a\0b', 'a\u001Bb', '\uD800', 'x'.repeat(5000), 7, null, ['a'], undefined]) {
		assert.ok('problem' in any(value), String(value).slice(0, 20));
	}

	assert.ok('args' in any('a-b'));
});

test('a missing, unknown or inherited parameter is a problem that says which', () => {
	assert.deepEqual(fill({}), {problem: 'its parameter `host` is missing or no text'});
	assert.deepEqual(fill({host: 'a', hots: 'b'}), {problem: 'it has no parameter `hots`'});
	assert.ok('problem' in fillArguments([{name: 'constructor', pattern: '.*'}], {}, matches));
	assert.match(String(Object.values(fill({host: 'a; rm -rf ~'}))[0]), /does not match/);
});

test('a command line covers only the same words and patterns', () => {
	assert.ok(coversArguments(['a', host], ['a', {...host, name: 'other'}]));
	assert.equal(coversArguments(['a', host], ['a', {name: 'host', pattern: '.*'}]), false);
	assert.equal(coversArguments(['a', host], ['a', 'web-1']), false);
	assert.equal(coversArguments(['a'], ['a', 'b']), false);
	assert.equal(coversArguments(['a', 'b'], ['a']), false);
});

test('programs that run others are known by name, version and path', () => {
	for (const command of [
		'bash',
		'/usr/bin/python3.12',
		'node',
		'ssh',
		'find',
		'xargs',
		'git',
		'kubectl',
		'curl',
		'tar',
		'gcc-13',
		'Python.exe',
		'C:\\x\\cmd.exe',
	]) {
		assert.ok(isPowerful(command), command);
	}

	assert.equal(isPowerful('hcloud') || isPowerful('sinfo'), false);
	assert.equal(showCommand('hcloud', ['server', 'ssh', host, "it's a test"]), "hcloud server ssh <host> 'it's a test'");
});
