import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type LogLine, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {createProvider} from '../provider.ts';
import {createState} from '../state.ts';
import {call, collect, defaultConfig, emptyWorld, quiet} from './docker-for-test.ts';

function demo() {
	const state = createState({
		config: {...defaultConfig, demo: true, hosts: {real: {url: 'unix:///nowhere'}}},
		world: emptyWorld('/nowhere'),
		log: quiet,
	});
	const provider = createProvider(() => state);
	const pages = async (type: string) => collect(provider.list({provider: 'docker', type}, call()));
	const rows = async (type = 'container'): Promise<readonly ProviderResource[]> => (await pages(type)).flatMap(({resources}) => resources);
	const named = async (name: string, type?: string): Promise<ProviderResource | undefined> =>
		(await rows(type)).find(row => row.name === name);
	return {provider, pages, rows, named};
}

const targetOf = ({type, id, name, account}: ProviderResource): ResourceTarget => ({provider: 'docker', type, id, name, account: account!});

suite('the recorded engines', () => {
	test('have containers in every state with why, and one engine that is off is named beside them', async () => {
		const {pages, rows} = demo();
		const containers = await rows();
		const states = new Set(containers.map(({status}) => status));
		assert.deepEqual(
			[...states].toSorted((a, b) => a.localeCompare(b)),
			['failed', 'hibernated', 'running', 'stopped'],
		);
		assert.deepEqual(
			[...new Set(containers.map(({account}) => account))].toSorted((a = '', b = '') => a.localeCompare(b)),
			['desktop', 'gpu-box', 'podman'],
		);
		assert.equal(containers.find(({name}) => name === 'shop-api-1')?.statusReason, 'its health check fails');
		const missing = (await pages('container')).flatMap(page => page.missing ?? []);
		assert.deepEqual(
			missing.map(({account}) => account),
			['build-farm'],
		);
		assert.ok(containers.every(({account}) => account !== 'real'));
	});

	test('cost nothing on this machine, a rate on the shared one', async () => {
		const {named} = demo();
		assert.equal((await named('shop-db-1'))?.cost?.hourly.kind, 'free');
		assert.equal((await named('train-ada'))?.cost?.hourly.kind, 'known');
		assert.equal((await named('shop-data', 'volume'))?.rawStatus, 'in use');
		assert.equal((await named('old-wiki-data', 'volume'))?.rawStatus, 'unused');
		assert.equal((await named('postgres:18', 'image'))?.rawStatus, 'in use');
	});

	test('live through a life: pulled, deployed, read, stopped, started and destroyed', async () => {
		const {provider, named} = demo();
		const said: string[] = [];
		const progress = ({message}: {readonly message?: string}) => void said.push(message ?? '');
		const spec = {type: 'container', name: 'redis-1', token: 'one', tags: {}, fields: {image: 'redis:8', ports: '6379:6379'}};
		const deployed = await provider.deploy!('docker', spec, {...call(), progress});
		assert.equal(deployed.status, 'created');
		assert.ok(
			said.some(text => /MB of .*MB/.test(text)),
			said.join('\n'),
		);
		const again = await provider.deploy!('docker', spec, call());
		assert.equal(again.id, deployed.id, 'the same request makes no second one');
		const row = (await named('redis-1'))!;
		assert.equal(row.status, 'running');

		await provider.stop!(targetOf(row), call());
		assert.equal((await named('redis-1'))?.status, 'stopped');
		await provider.start!(targetOf(row), call());
		assert.equal((await named('redis-1'))?.status, 'running');
		await provider.hibernate!(targetOf(row), call());
		assert.equal((await named('redis-1'))?.status, 'hibernated');
		assert.equal((await provider.destroy!(targetOf(row), call())).status, 'deleted');
		assert.equal((await provider.destroy!(targetOf(row), call())).status, 'not_found');
		assert.equal(await named('redis-1'), undefined);
	});

	test('say what they did, and have figures', async () => {
		const {provider, named} = demo();
		const row = (await named('shop-web-1'))!;
		const lines: LogLine[] = (await collect(provider.logs!(targetOf(row), {follow: false, tail: 5}, call()))).flat();
		assert.equal(lines.length, 5);
		assert.match(lines[0]!.text, /^(?:GET|POST) /);
		const metrics = await provider.metrics!(targetOf(row), call());
		assert.equal(metrics.memoryBytes, 24 * 1_048_576);
	});

	test('tell what changes while somebody follows', async () => {
		const {provider, named} = demo();
		const row = (await named('scratch'))!;
		const ending = new AbortController();
		const changes: string[] = [];
		const following = (async () => {
			for await (const pushed of provider.watch!(call(ending.signal))) {
				changes.push(...pushed.flatMap(change => ('resource' in change ? [`${change.resource.name} ${change.resource.status}`] : [])));
				if (changes.includes('scratch running')) {
					ending.abort();
				} else if (changes.includes('scratch hibernated')) {
					await provider.resume!(targetOf(row), call());
				}
			}
		})();
		await following;
		assert.ok(changes.includes('scratch running'));
	});

	test('open no session: nothing runs in a recording', async () => {
		const {provider, named} = demo();
		const row = (await named('notes'))!;
		const input = (async function* () {})();
		await assert.rejects(collect(provider.attach!(targetOf(row), {columns: 80, rows: 24}, {...call(), input})), /could not/);
	});
});
