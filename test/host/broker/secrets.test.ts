import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type PermissionSet} from '../../../source/core/manifest/permissions.ts';
import {type UiPort} from '../../../source/core/ports/plugin-ports.ts';
import {redactFailure} from '../../../source/host/broker/live-redactor.ts';
import {brokerForTest, codeOf, failureOf} from './broker-for-test.ts';
import {startServer} from './local-server.ts';

const reason = 'test';
const token = 'hcloud-Zm9vYmFy+secret/42';
const asked: PermissionSet = {
	http: [{hosts: ['api.test', 'other.test'], privateNetwork: true, reason}],
	secrets: [{name: 'token', title: 'API token', inject: {header: 'Authorization', template: 'Bearer {}'}, hosts: ['api.test']}],
};

test('a secret is written into the request by the host, and only for its own hosts', async t => {
	const server = await startServer(t, ({headers}, response) =>
		response.end(headers.authorization === `Bearer ${token}` ? 'welcome' : 'stranger'),
	);
	const {fetch, call, secrets, broker, denied} = brokerForTest(t, {asked});
	secrets.set('token', `${token}\n`);
	assert.equal((await fetch(`http://api.test:${server.port}/`, {auth: 'token'})).text, 'welcome');
	assert.equal((await fetch(`http://api.test:${server.port}/`, {auth: 'token', headers: {authorization: 'Bearer mine'}})).text, 'welcome');
	assert.equal((await fetch(`http://other.test:${server.port}/`)).text, 'stranger');
	assert.equal(await codeOf(fetch(`http://other.test:${server.port}/`, {auth: 'token'})), 'CWS_PLUGIN_DENIED');
	assert.equal(await codeOf(fetch(`http://api.test:${server.port}/`, {auth: 'password'})), 'CWS_PLUGIN_DENIED');
	assert.equal(await call('secrets.has', ['token']), true);
	assert.equal(await codeOf(call('secrets.has', ['password'])), 'CWS_PLUGIN_DENIED');
	assert.equal(broker['secrets.read'], undefined);
	assert.equal(denied.length, 3);
	assert.equal(server.requests.length, 3);
});

test('a missing secret is an error when it is needed, and names the command that sets it', async t => {
	const {fetch, call} = brokerForTest(t, {asked});
	const missing = await failureOf(fetch('http://api.test/', {auth: 'token'}));
	assert.equal(missing.code, 'CWS_SECRET_MISSING');
	assert.equal(missing.fix, 'cws secrets set hetzner token');
	assert.equal(await call('secrets.has', ['token']), false);
});

test('secret-in-error: what a server echoes of the token is gone from its answer, in every form', async t => {
	const forms = [
		token,
		Buffer.from(token).toString('base64'),
		Buffer.from(`user:${token}`).toString('base64'),
		Buffer.from(token).toString('base64url'),
		Buffer.from(token).toString('hex'),
		encodeURIComponent(token),
		JSON.stringify({token}),
	];
	const server = await startServer(t, ({url}, response) => {
		response.setHeader('x-echo', token).statusCode = 401;
		response.end(url === '/bytes' ? Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(token)]) : forms.join('\n'));
	});
	const {fetch, secrets} = brokerForTest(t, {asked});
	secrets.set('token', token);
	const answer = await fetch(`http://api.test:${server.port}/`, {auth: 'token'});
	assert.equal(answer.status, 401);
	assert.equal(answer.headers['x-echo'], '[redacted]');
	for (const form of forms) {
		assert.ok(!answer.text.includes(form), form);
	}

	assert.equal(answer.text.split('\n').filter(line => line.includes('[redacted]')).length, forms.length);
	assert.ok(!(await fetch(`http://api.test:${server.port}/bytes`, {auth: 'token'})).text.includes('hcloud'));
});

test('secret-in-error: a token far inside a long answer, and across the places it is searched in, is found', async t => {
	const long = `${'x'.repeat(256 * 1024 - 5)}${token}${'y'.repeat(400 * 1024)}`;
	const server = await startServer(t, (_request, response) => response.end(long));
	const {fetch, secrets} = brokerForTest(t, {asked});
	secrets.set('token', token);
	const {text} = await fetch(`http://api.test:${server.port}/`, {auth: 'token'});
	assert.ok(text.includes('x[redacted]y'));
	assert.equal(text.length, long.length - token.length + '[redacted]'.length);
});

test('secret-in-error: what the plugin throws, logs or emits of it is redacted with the same redactor', async t => {
	const server = await startServer(t, (_request, response) =>
		response.writeHead(302, {location: `http://${Buffer.from(token).toString('hex')}.evil.test/?t=${token}`}).end(),
	);
	const {fetch, secrets, redactor, denied} = brokerForTest(t, {asked});
	secrets.set('token', token);
	const failure = await failureOf(fetch(`http://api.test:${server.port}/`, {auth: 'token'}));
	assert.ok(!JSON.stringify([failure, denied]).includes(Buffer.from(token).toString('hex')));
	assert.equal(redactor.redact(`token is ${token}`), 'token is [redacted]');
	assert.match(redactor.redact(Buffer.from(token).toString('base64')), /^\[redacted\].{0,3}$/);
	const said = redactFailure(
		{code: 'CWS_PLUGIN_FAILED', message: `401 for ${token}`, cause: token, fix: token, details: {[token]: [token]}},
		redactor,
	);
	assert.ok(!JSON.stringify(said).includes(token));
});

test('a secret that was granted to be read is handed out, others are not', async t => {
	const {call, secrets, redactor} = brokerForTest(t, {
		asked: {...asked, secrets: [...asked.secrets!, {name: 'signing', title: 'Signing key', read: true}]},
	});
	secrets.set('signing', 'k'.repeat(20)).set('token', token);
	assert.equal(await call('secrets.read', ['signing']), 'k'.repeat(20));
	assert.equal(await codeOf(call('secrets.read', ['token'])), 'CWS_PLUGIN_DENIED');
	assert.equal(await codeOf(call('secrets.read', ['__proto__'])), 'CWS_PLUGIN_DENIED');
	assert.equal(redactor.redact('k'.repeat(20)), '[redacted]', 'and is redacted where the plugin says it');
});

test('a variable of the environment is handed out, or used as a secret, as it was granted', async t => {
	const server = await startServer(t, ({headers}, response) => response.end(headers.authorization));
	const {fetch, call, redactor} = brokerForTest(t, {
		asked: {
			http: asked.http!,
			env: [
				{name: 'HCLOUD_CONTEXT', reason},
				{name: 'HCLOUD_TOKEN', as: 'secret', reason},
			],
		},
		environment: {HCLOUD_CONTEXT: 'work', HCLOUD_TOKEN: token, HOME: '/home/ada'},
	});
	assert.equal(await call('env.get', ['HCLOUD_CONTEXT']), 'work');
	for (const name of ['HCLOUD_TOKEN', 'HOME', 'constructor', '']) {
		assert.equal(await codeOf(call('env.get', [name])), 'CWS_PLUGIN_DENIED', name);
	}

	assert.equal((await fetch(`http://api.test:${server.port}/`, {auth: 'HCLOUD_TOKEN'})).text, 'Bearer [redacted]');
	assert.equal(server.requests[0]?.headers.authorization, `Bearer ${token}`);
	assert.equal(redactor.redact(token), '[redacted]');
});

test('a plugin can have the person asked for its own secret, in the words of the manifest', async t => {
	const questions: string[] = [];
	const ui: UiPort = {
		notify() {},
		status() {},
		confirm: async () => ({value: false}),
		async prompt({plugin, title, text, isSecret}) {
			questions.push(`${plugin} ${title}: ${text} ${String(isSecret)}`);
			return {value: token};
		},
	};
	const {call, secrets} = brokerForTest(t, {asked, ui});
	assert.equal(await call('secrets.request', ['token']), true);
	assert.equal(secrets.get('token'), token);
	assert.equal(await codeOf(call('secrets.request', ['another'])), 'CWS_PLUGIN_DENIED');
	assert.deepEqual(questions, ['hetzner Hetzner Cloud: API token (secret `token` of hetzner) true']);
});

test('a secret with several lines cannot split a request', async t => {
	const {fetch, secrets} = brokerForTest(t, {asked});
	secrets.set('token', 'first\r\nhost: evil.test');
	const refused = await failureOf(fetch('http://api.test/', {auth: 'token'}));
	assert.equal(refused.code, 'CWS_SECRETS');
	assert.ok(!JSON.stringify(refused).includes('evil'));
});
