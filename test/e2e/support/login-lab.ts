import {mkdirSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import {type AddressInfo} from 'node:net';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {type TestContext} from 'node:test';

/** A small authorization server: device codes, keys that a person pastes, tokens that are renewed and revoked. */
export type LoginLab = {
	readonly endpoint: string;
	readonly userCode: string;
	readonly key: string;
	/** Every token it ever gave out. */
	readonly given: string[];
	/** Those that are good. */
	readonly valid: Set<string>;
	/** The person typed the code there. */
	readonly approve: () => void;
	readonly asked: string[];
};

export async function openLoginLab(t: TestContext): Promise<LoginLab> {
	const [userCode, key] = ['WDJB-MJHT', 'lab-key-of-ada-lovelace-1815'];
	const given: string[] = [];
	const valid = new Set<string>([key]);
	const asked: string[] = [];
	let isApproved = false;
	const next = (kind: string) => {
		const token = `${kind}-token-${'x'.repeat(24)}-${given.length}`;
		given.push(token);
		valid.add(token);
		return token;
	};

	const server: Server = createServer((request, response) => {
		void (async () => {
			const body = new URLSearchParams(await text(request));
			const bearer = request.headers.authorization?.replace('Bearer ', '') ?? '';
			const answer = (status: number, value: object) => {
				response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(value));
			};
			const tokens = () => ({access_token: next('access'), refresh_token: next('refresh'), token_type: 'bearer', expires_in: 3600});
			asked.push(request.url ?? '');
			switch (request.url) {
				case '/device': {
					answer(200, {
						device_code: 'device-1',
						user_code: userCode,
						verification_uri: `${lab.endpoint}/activate`,
						interval: 1,
						expires_in: 600,
					});
					break;
				}

				case '/token': {
					const isGood =
						body.get('grant_type') === 'refresh_token'
							? valid.has(body.get('refresh_token') ?? '')
							: body.get('device_code') === 'device-1' && isApproved;
					answer(isGood ? 200 : 400, isGood ? tokens() : {error: 'authorization_pending'});
					break;
				}

				case '/revoke': {
					valid.delete(bearer);
					answer(200, {});
					break;
				}

				default: {
					answer(valid.has(bearer) ? 200 : 401, valid.has(bearer) ? {login: 'ada'} : {});
				}
			}
		})();
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	const lab: LoginLab = {
		endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		userCode,
		key,
		given,
		valid,
		asked,
		approve() {
			isApproved = true;
		},
	};
	return lab;
}

/** Puts a plugin of an author that logs in there into a home; it asks for what it needs and has not been allowed it. */
export function putLoginPlugin(home: string, {endpoint}: Pick<LoginLab, 'endpoint'>): void {
	const directory = path.join(home, 'config/plugins', 'labs');
	mkdirSync(directory, {recursive: true, mode: 0o700});
	const host = new URL(endpoint).host;
	const secret = (name: string, title: string) => ({name, title, keep: true, reason: 'Works in your name'});
	writeFileSync(
		path.join(directory, 'plugin.json'),
		JSON.stringify({
			id: 'labs',
			version: '1.0.0',
			title: 'Labs',
			kind: 'auth',
			api: 1,
			main: 'plugin.js',
			permissions: {
				http: [{hosts: [host], privateNetwork: true, reason: 'Its API'}],
				secrets: [
					{...secret('token', 'access token'), hosts: [host]},
					{...secret('renewal', 'refresh token'), hosts: [host], inject: {field: 'refresh_token'}},
				],
			},
			contributes: {
				authProviders: [{id: 'lab', title: 'The lab', flows: ['device', 'manual'], secrets: ['token', 'renewal'], handler: 'lab'}],
			},
		}),
	);
	writeFileSync(path.join(directory, 'plugin.js'), codeOf(endpoint));
}

const codeOf = (endpoint: string) => `
const root = ${JSON.stringify(endpoint)};
let http, secrets, log, device;
const fail = (code, message) => Object.assign(new Error(message), {name: 'CwsFailure', failure: {code, message, fix: 'log in again'}});
const form = fields => ({method: 'POST', headers: {'content-type': 'application/x-www-form-urlencoded'}, body: new URLSearchParams(fields).toString()});
const keep = {token: '/access_token', renewal: '/refresh_token'};
async function who() {
	if (!(await secrets.has('token'))) return {state: 'out'};
	const answer = await http.fetch(root + '/me', {auth: 'token'});
	return answer.status === 200 ? {state: 'in', account: answer.json().login, scopes: ['read']} : {state: 'expired', fix: 'cws auth login lab'};
}
const lab = {
	async login({flow, continue: goOn}) {
		if (flow === 'manual') {
			if (!goOn) return {kind: 'manual', prompt: 'The key of the lab', url: root + '/keys', secret: 'token'};
			const status = await who();
			if (status.state !== 'in') throw fail('CWS_NEEDS_LOGIN', 'The lab does not accept the key.');
			return {kind: 'done', status};
		}
		if (!goOn) device = (await http.fetch(root + '/device', form({}))).json();
		else {
			const answer = await http.fetch(root + '/token', {...form({device_code: device.device_code}), keep});
			log.info('asked for the token', {answer: answer.text()});
			if (answer.status === 200) return {kind: 'done', status: await who()};
		}
		return {kind: 'device', url: device.verification_uri, code: device.user_code, everySeconds: device.interval, expiresAt: Date.now() + 600000};
	},
	status: who,
	async refresh() {
		const answer = await http.fetch(root + '/token', {...form({grant_type: 'refresh_token'}), auth: 'renewal', keep});
		if (answer.status !== 200) throw fail('CWS_NEEDS_LOGIN', 'The lab does not renew the login.');
		return who();
	},
	async logout() {
		if (await secrets.has('token')) await http.fetch(root + '/revoke', {method: 'POST', auth: 'token'});
		return {state: 'out'};
	},
};
module.exports = {initialize(context) { ({http, secrets, log} = context); }, auth: {lab}};
`;
