/** The API the scaffold speaks to, played in memory. */
export const fakeApi = `import {type TestAnswer, type TestWorld} from 'cws/sdk/testing';

type Server = {readonly id: string; readonly name: string; state: string; readonly size: string; readonly key: string; readonly created: string};

/** The API as far as the plugin uses it, in memory. */
export function createFakeApi(): NonNullable<TestWorld['http']> {
	const servers = new Map<string, Server>();
	const found = (server: Server | undefined): TestAnswer => (server === undefined ? {status: 404} : {body: server});
	return ({pathname}, {method = 'GET', body}) => {
		const [, , , rawId, action] = pathname.split('/');
		const id = rawId === undefined ? undefined : decodeURIComponent(rawId);
		const server = id === undefined ? undefined : servers.get(id);
		if (id === undefined && method === 'GET') {
			return {body: {servers: [...servers.values()]}};
		}

		if (id === undefined) {
			const asked = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)) as Server;
			const same = [...servers.values()].find(({name}) => name === asked.name);
			if (same !== undefined) {
				return same.key === asked.key ? {body: same} : {status: 409};
			}

			const made = {...asked, id: \`s-\${servers.size + 1}\`, state: 'on', created: new Date(0).toISOString()};
			servers.set(made.id, made);
			return {status: 201, body: made};
		}

		if (server !== undefined && method === 'POST') {
			server.state = action === 'stop' ? 'off' : 'on';
		}

		if (method === 'DELETE') {
			servers.delete(id);
		}

		return found(server);
	};
}
`;

export const providerTest = `import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {startPlugin} from 'cws/sdk/testing';
import plugin from '../index.ts';
import {createFakeApi} from './fake-api.ts';

const manifest = JSON.parse(readFileSync(new URL('../plugin.json', import.meta.url), 'utf8'));
const start = () => startPlugin(plugin, {manifest, http: createFakeApi(), secrets: {token: 'sesame'}});
const spec = {type: 'vm', name: 'web-1', size: 'small', fields: {}, token: 't-1'};

test('a server that is deployed can be seen, stopped and destroyed', async () => {
	await using running = await start();
	const {id} = await running.call('provider.deploy', [manifest.id, spec]);
	assert.deepEqual((await running.list('vm')).map(({name, status}) => [name, status]), [['web-1', 'running']]);
	const target = {provider: manifest.id, type: 'vm', id, name: 'web-1'};
	assert.equal((await running.call('provider.stop', [target])).status, 'stopped');
	assert.equal((await running.call('provider.get', [target])).status, 'stopped');
	assert.equal((await running.call('provider.destroy', [target])).status, 'deleted');
	assert.equal((await running.call('provider.destroy', [target])).status, 'not_found');
});

test('every request names the secret and never has its value', async () => {
	await using running = await start();
	await running.list('vm');
	assert.ok(running.requests.every(({auth}) => auth === 'token'));
	assert.doesNotMatch(JSON.stringify(running.requests), /sesame/);
});

test('a plan asks nobody', async () => {
	await using running = await start();
	await running.call('provider.plan', [manifest.id, spec]);
	assert.deepEqual(running.requests, []);
});

test('entries the plugin does not understand are counted, not shown', async () => {
	await using running = await startPlugin(plugin, {
		manifest,
		http: () => ({body: {servers: [{id: 's-1', name: 'fine', state: 'on'}, 7, {id: 's-2'}]}}),
		secrets: {token: 'sesame'},
	});
	const [page] = await running.collect('provider.list', [{provider: manifest.id, type: 'vm'}]);
	assert.deepEqual([page.resources.length, page.skipped], [1, 2]);
});
`;

/** What the contract is held against. */
export const contract = `import {type ContractSample} from 'cws/sdk/testing';
import {createFakeApi} from './fake-api.ts';

/** What \`cws plugin test\` deploys, and what stands in for the outside world meanwhile. */
const sample: ContractSample = {
	spec: {type: 'vm', name: 'contract-1', size: 'small', fields: {image: 'hunter2-0451'}},
	secret: 'hunter2-0451',
	malformed: [{size: 'huge'}, {fields: {image: 7}}],
	secrets: {token: 'sesame'},
	http: createFakeApi(),
};
export default sample;
`;
