import assert from 'node:assert/strict';
import {test} from 'node:test';
import {text} from 'node:stream/consumers';
import {type PermissionSet} from '../../../source/core/manifest/permissions.ts';
import {brokerForTest, codeOf} from './broker-for-test.ts';
import {startServer} from './local-server.ts';

const reason = 'test';
const [access, refresh] = ['access-token-of-the-lab', 'refresh/token+of the lab'];
const asked: PermissionSet = {
	http: [{hosts: ['api.test', 'other.test'], privateNetwork: true, reason}],
	secrets: [
		{name: 'token', title: 'access token', keep: true, hosts: ['api.test']},
		{name: 'renewal', title: 'refresh token', keep: true, inject: {field: 'refresh_token'}, hosts: ['api.test']},
		{name: 'password', title: 'password'},
	],
};
const keep = {token: '/access_token', renewal: '/inner/refresh~1token'};

test('what an answer has becomes the secret, and the plugin gets the answer without it', async t => {
	const server = await startServer(t, (_request, response) => {
		response.setHeader('x-token', access);
		response.end(JSON.stringify({access_token: access, inner: {'refresh/token': refresh}, expires_in: 60}));
	});
	const {fetch, secrets} = brokerForTest(t, {asked});
	const answer = await fetch(`http://api.test:${server.port}/token`, {method: 'POST', keep});
	assert.deepEqual(Object.fromEntries(secrets), {token: access, renewal: refresh});
	assert.deepEqual(JSON.parse(answer.text), {access_token: '[redacted]', inner: {'refresh/token': '[redacted]'}, expires_in: 60});
	assert.equal(answer.headers['x-token'], '[redacted]');
});

test('an answer that went wrong, is no JSON or has nothing there changes no secret', async t => {
	const server = await startServer(t, ({url}, response) => {
		response.statusCode = url === '/denied' ? 400 : 200;
		response.end(url === '/text' ? `access_token=${access}` : url === '/none' ? '{"inner": null}' : JSON.stringify({access_token: access}));
	});
	const {fetch, secrets} = brokerForTest(t, {asked});
	secrets.set('token', 'what was there');
	for (const path of ['denied', 'text', 'none']) {
		await fetch(`http://api.test:${server.port}/${path}`, {method: 'POST', keep});
		assert.deepEqual([...secrets.values()], ['what was there'], path);
	}
});

test('only secrets that a login may set are kept, and nothing too short to be taken out of texts', async t => {
	const server = await startServer(t, (_request, response) => response.end(JSON.stringify({access_token: 'abc'})));
	const {fetch, secrets, denied} = brokerForTest(t, {asked});
	const url = `http://api.test:${server.port}/`;
	assert.equal(await codeOf(fetch(url, {method: 'POST', keep: {password: '/access_token'}})), 'CWS_PLUGIN_DENIED');
	assert.equal(await codeOf(fetch(url, {method: 'POST', keep: {elsewhere: '/access_token'}})), 'CWS_PLUGIN_DENIED');
	assert.equal(await codeOf(fetch(url, {method: 'POST', keep: {token: 'access_token'}})), 'CWS_INVALID_INPUT');
	assert.equal(server.requests.length, 0);
	assert.equal(await codeOf(fetch(url, {method: 'POST', keep: {token: '/access_token'}})), 'CWS_PROVIDER_FAILED');
	assert.equal(secrets.size, 0);
	assert.equal(denied.length, 2);
});

test('a secret of a field is written into the form or the object, and nowhere else', async t => {
	const bodies: string[] = [];
	const server = await startServer(t, (request, response) => {
		void text(request).then(body => {
			bodies.push(body);
			response.end('{}');
		});
	});
	const {fetch, secrets} = brokerForTest(t, {asked});
	secrets.set('renewal', refresh);
	const url = `http://api.test:${server.port}/token`;
	const json = {'content-type': 'application/json'};
	await fetch(url, {method: 'POST', auth: 'renewal', body: 'grant_type=refresh_token&refresh_token=mine'});
	await fetch(url, {method: 'POST', auth: 'renewal', headers: json, body: '{"grant_type":"refresh_token"}'});
	await fetch(url, {method: 'POST', auth: 'renewal'});
	assert.deepEqual(Object.fromEntries(new URLSearchParams(bodies[0])), {grant_type: 'refresh_token', refresh_token: refresh});
	assert.deepEqual(JSON.parse(bodies[1]!), {grant_type: 'refresh_token', refresh_token: refresh});
	assert.equal(new URLSearchParams(bodies[2]).get('refresh_token'), refresh);
	assert.equal(await codeOf(fetch(url, {auth: 'renewal'})), 'CWS_INVALID_INPUT');
	assert.equal(await codeOf(fetch(url, {method: 'POST', auth: 'renewal', headers: json, body: '[1]'})), 'CWS_INVALID_INPUT');
	assert.equal(await codeOf(fetch(`http://other.test:${server.port}/`, {method: 'POST', auth: 'renewal'})), 'CWS_PLUGIN_DENIED');
	assert.equal(bodies.length, 3);
});

test('auth-cross-origin: a body with a secret in it is not sent on to another host', async t => {
	const server = await startServer(t, ({url}, response) => {
		response.writeHead(url === '/moved' ? 308 : 200, {location: `http://other.test:${server.port}/there`}).end('{}');
	});
	const {fetch, secrets} = brokerForTest(t, {asked});
	secrets.set('renewal', refresh);
	assert.equal(await codeOf(fetch(`http://api.test:${server.port}/moved`, {method: 'POST', auth: 'renewal'})), 'CWS_PLUGIN_DENIED');
	assert.equal(server.requests.length, 1);
});
