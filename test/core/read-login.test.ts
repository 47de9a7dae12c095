import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readAuthStatus, readLoginStep} from '../../source/core/read-login.ts';

const stepOf = (value: unknown) => {
	const read = readLoginStep('acme', value);
	return read.ok ? read.value : read.error.cause;
};

test('a step is taken as it is meant, with a pace a server can bear', () => {
	const device = {kind: 'device', url: 'https://acme.example/activate', code: 'ABCD-EFGH', everySeconds: 0.01};
	assert.deepEqual(stepOf({...device, token: 'x'}), {...device, everySeconds: 1});
	assert.deepEqual(stepOf({...device, everySeconds: 'often'}), {...device, everySeconds: 5});
	assert.deepEqual(stepOf({kind: 'manual', prompt: 'API key', secret: 'token'}), {kind: 'manual', prompt: 'API key', secret: 'token'});
});

test('a person is sent to no address that others could read on the way, and to no program', () => {
	for (const url of ['http://acme.example/login', 'file:///etc/passwd', 'javascript:alert(1)', 'https://user@acme.example/', 'acme', 7]) {
		assert.equal(stepOf({kind: 'browser', url}), '`url` is no https address', String(url));
	}

	for (const url of ['https://acme.example/login', 'http://127.0.0.1:8080/', 'http://localhost:1/', 'http://[::1]:1/']) {
		assert.deepEqual(stepOf({kind: 'browser', url}), {kind: 'browser', url});
	}
});

test('an answer that makes no sense is a fault of the plugin, and says where', () => {
	for (const [value, cause] of [
		[undefined, '`step` is no object'],
		[{kind: 'telepathy'}, '`kind` is none of done, browser, device, manual'],
		[{kind: 'device', url: 'https://acme.example/', code: ''}, '`code` is no text of at most 64 characters'],
		[{kind: 'done', status: {state: 'maybe'}}, '`state` is none of in, out, expired'],
		[{kind: 'done', status: {state: 'in', scopes: 'read'}}, '`scopes` is no list of at most 50'],
	] as const) {
		assert.equal(stepOf(value), cause);
	}

	const read = readAuthStatus('acme', 'in');
	assert.ok(!read.ok);
	assert.equal(read.error.code, 'CWS_PLUGIN_PROTOCOL');
	assert.match(read.error.message, /`acme`/);
});

test('what a plugin calls masked and is not is left out, and texts are harmless', () => {
	const read = readAuthStatus('acme', {state: 'in', account: 'ada\u001B[2J', masked: 'the-whole-token-1234', token: 'x'});
	assert.ok(read.ok);
	assert.deepEqual(Object.keys(read.value), ['state', 'account']);
	assert.ok(!read.value.account!.includes('\u001B'));
	const masked = readAuthStatus('acme', {state: 'in', masked: 'abcdefgh…1234'});
	assert.ok(masked.ok && masked.value.masked === 'abcdefgh…1234');
});
