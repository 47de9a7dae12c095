import assert from 'node:assert/strict';
import {statSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import {type AddressInfo} from 'node:net';
import path from 'node:path';
import {json} from 'node:stream/consumers';
import {test} from 'node:test';
import {type PluginHost} from '../../source/core/ports/plugin-host.ts';
import {type AuthStatus, type LoginStep} from '../../source/core/login.ts';
import {fixtureHost, listen} from './fixture-host.ts';

/** A lab that gives tokens for one key, takes them back, and may let them run out at once. */
async function openLab() {
	const tokens = new Set<string>();
	const lab = {expiresIn: 3600, requests: [] as string[], tokens};
	let count = 0;
	const server: Server = createServer((request, response) => {
		void (async () => {
			const body = request.method === 'POST' ? ((await json(request)) as Record<string, string>) : {};
			const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
			lab.requests.push(request.url ?? '');
			const answer = (status: number, value: object) => {
				response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(value));
			};

			const isLogin = request.url === '/login' && body['key'] === 'key-of-ada';
			if (isLogin || (request.url === '/refresh' && body['refresh']?.startsWith('refresh-') === true)) {
				count++;
				const access = `access-token-number-${count}`;
				tokens.add(access);
				answer(200, {access, refresh: `refresh-${count}`, account: 'ada', scopes: ['read'], expiresIn: lab.expiresIn});
			} else if (tokens.has(bearer)) {
				if (request.url === '/logout') {
					tokens.delete(bearer);
				}

				answer(200, {});
			} else {
				answer(401, {});
			}
		})();
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {
		...lab,
		lab,
		endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			await new Promise(resolve => {
				server.close(resolve);
			});
		},
	};
}

const hostOf = (endpoint: string) => fixtureHost(['lab-login'], {pluginOptions: {'lab-login': {endpoint}}});

const ask = async <Result>(host: PluginHost, method: string, ...args: readonly unknown[]): Promise<Result> => {
	const done = await host.call<Result>({plugin: 'lab-login', method: `auth.lab.${method}`, args});
	if (!done.ok) {
		throw new Error(`${done.error.code} ${done.error.message}`);
	}

	return done.value;
};

test('an auth provider logs in with a token, says who is in, refreshes and logs out', async () => {
	await using lab = await openLab();
	await using made = await hostOf(lab.endpoint);
	const {host, home} = made;
	assert.deepEqual(await ask(host, 'status'), {state: 'out', fix: 'log in again'});
	assert.deepEqual(await ask(host, 'login', {flow: 'manual'}), {kind: 'manual', prompt: 'The key of the lab', url: `${lab.endpoint}/keys`});
	const step = await ask<LoginStep>(host, 'login', {flow: 'manual', answer: 'key-of-ada'});
	assert.ok(step.kind === 'done' && step.status.state === 'in' && step.status.account === 'ada');
	const status = await ask<AuthStatus>(host, 'status');
	assert.deepEqual([status.state, status.masked, status.scopes], ['in', 'access-t…er-1', ['read']]);
	assert.equal((await ask<AuthStatus>(host, 'refresh')).masked, 'access-t…er-2');
	assert.equal(statSync(path.join(home, 'data/lab-login/session.json')).mode % 0o1000, 0o600);
	assert.equal((await ask<AuthStatus>(host, 'logout')).state, 'out');
	assert.deepEqual([...lab.tokens], ['access-token-number-1']);
	assert.equal((await ask<AuthStatus>(host, 'logout')).state, 'out');
	assert.equal((await ask<AuthStatus>(host, 'status')).state, 'out');
});

test('a wrong key, a token that ran out and a lab that is away are three different things', async () => {
	await using lab = await openLab();
	await using made = await hostOf(lab.endpoint);
	const {host} = made;
	await assert.rejects(ask(host, 'login', {flow: 'manual', answer: 'key-of-eve'}), /CWS_NEEDS_LOGIN The lab does not accept the token/);
	await assert.rejects(ask(host, 'login', {flow: 'browser'}), /CWS_NOT_SUPPORTED/);
	await assert.rejects(ask(host, 'refresh'), /CWS_NEEDS_LOGIN Nobody is logged in/);
	await ask(host, 'login', {flow: 'manual', answer: 'key-of-ada'});
	lab.tokens.clear();
	assert.equal((await ask<AuthStatus>(host, 'status')).state, 'expired');
	lab.lab.expiresIn = 0;
	await ask(host, 'refresh');
	assert.equal((await ask<AuthStatus>(host, 'status')).state, 'expired');
	await lab[Symbol.asyncDispose]();
	await assert.rejects(ask(host, 'refresh'), /CWS_PROVIDER_UNAVAILABLE/);
	assert.equal((await ask<AuthStatus>(host, 'logout')).state, 'out');
});

test('a refusal for want of a login names the login of the plugin', async () => {
	await using lab = await openLab();
	await using made = await hostOf(lab.endpoint);
	const refused = await made.host.call({plugin: 'lab-login', method: 'auth.lab.refresh', args: []});
	assert.ok(!refused.ok);
	assert.equal(refused.error.fix, 'cws auth login lab-login');
	assert.equal(refused.error.details?.['plugin'], 'lab-login');
});

test('no answer, log or event of an auth provider has a token in it', async () => {
	await using lab = await openLab();
	await using made = await hostOf(lab.endpoint);
	const {host} = made;
	const heard = listen(host);
	const answers = [
		await ask(host, 'login', {flow: 'manual', answer: 'key-of-ada'}),
		await ask(host, 'status'),
		await ask(host, 'refresh'),
		await ask(host, 'logout'),
	];
	await heard.until(() => heard.logs.some(({message}) => message === 'logged in'));
	const everything = JSON.stringify([answers, heard.logs, heard.events, host.records()]);
	assert.doesNotMatch(everything, /access-token-number-\d|refresh-\d|key-of-ada/);
});
