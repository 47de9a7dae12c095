import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {FailureError, type ListPage} from 'cws/sdk';
import {checkHealth} from '../health.ts';
import {createProvider} from '../provider.ts';
import {createState} from '../state.ts';
import {call, collect, defaultConfig, dockerForTest, emptyWorld, quiet} from './docker-for-test.ts';

const never = new AbortController().signal;
const containers = {provider: 'docker', type: 'container'};
const spec = (name: string, more: object = {}) => ({type: 'container', name, fields: {image: 'busybox:1', ...more}, token: name});
const rowsOf = (pages: readonly ListPage[]) =>
	pages.flatMap(({resources}) => resources.map(({account, name}) => `${account}/${name}`)).toSorted();

test('several engines are listed at once, and one that is gone is named with the reason and the fix', async () => {
	await using docker = await dockerForTest(['alpha', 'beta']);
	const {provider, engines} = docker;
	await provider.deploy!('docker', spec('one', {engine: 'alpha'}), call());
	await provider.deploy!('docker', {...spec('two'), account: 'beta'}, call());
	assert.deepEqual(rowsOf(await collect(provider.list(containers, call()))), ['alpha/one', 'beta/two']);
	await engines[1]!.die();
	const pages = await collect(provider.list(containers, call()));
	assert.deepEqual(rowsOf(pages), ['alpha/one']);
	const [missing] = pages.flatMap(({missing = []}) => missing);
	assert.equal(missing?.account, 'beta');
	assert.match(missing?.reason ?? '', /socket/);
	assert.ok(missing?.fix);

	const health = await checkHealth(docker.state, never);
	assert.equal(health.status, 'warn');
	assert.match(health.output ?? '', /^beta: /);
	await engines[1]!.listen();
	assert.deepEqual(rowsOf(await collect(provider.list(containers, call()))), ['alpha/one', 'beta/two']);
	assert.equal((await checkHealth(docker.state, never)).status, 'pass');
});

test('a machine without an engine is well, lists nothing, plans all the same, and says so at a deploy', async () => {
	const world = {...emptyWorld('/nowhere'), platform: 'win32' as const};
	const state = createState({config: defaultConfig, world, log: quiet});
	const provider = createProvider(() => state);
	assert.deepEqual(await collect(provider.list(containers, call())), []);
	assert.deepEqual(await checkHealth(state, never), {status: 'pass', output: 'no Docker or Podman is configured'});
	const plan = await provider.plan('docker', spec('web'), call());
	assert.deepEqual(plan.warnings, ['no Docker or Podman was found yet']);
	await assert.rejects(
		provider.deploy!('docker', spec('web'), call()),
		error => error instanceof FailureError && error.failure.code === 'CWS_PROVIDER_UNAVAILABLE',
	);
});

test('a socket that nobody asked for and nobody answers is no failure until it has answered once', async () => {
	await using docker = await dockerForTest([]);
	const {startFakeEngine} = await import('./fake-engine.ts');
	const {mkdirSync} = await import('node:fs');
	mkdirSync(join(docker.home, 'run/podman'), {recursive: true});
	const path = join(docker.home, 'run/podman/podman.sock');
	await using engine = await startFakeEngine(path);
	const state = createState({config: {...defaultConfig, discover: true, contexts: ['podman']}, world: emptyWorld(docker.home), log: quiet});
	const provider = createProvider(() => state);
	const pages = async () => collect(provider.list(containers, call()));
	await engine.die();
	const {writeFileSync} = await import('node:fs');
	writeFileSync(path, '');
	assert.deepEqual(await pages(), []);
	assert.equal((await checkHealth(state, never)).status, 'warn');
	await engine.listen();
	await pages();
	await engine.die();
	rmSync(path, {force: true});
	await assert.rejects(pages(), error => error instanceof FailureError && error.failure.code === 'CWS_PROVIDER_UNAVAILABLE');
	assert.equal((await checkHealth(state, never)).status, 'fail');
	await state.endpoints.close();
});

test('what runs here is free, what runs elsewhere has no price until somebody sets one', async () => {
	const hosts = {here: {url: 'unix:///x'}, far: {url: 'tcp://far'}, priced: {url: 'ssh://priced', ratePerHour: 0.5}};
	const state = createState({config: {...defaultConfig, hosts}, world: emptyWorld('/nowhere'), log: quiet});
	const provider = createProvider(() => state);
	const hourly = async (engine: string) => (await provider.estimateCost!('docker', spec('x', {engine}), call())).hourly;
	assert.equal((await hourly('here')).kind, 'free');
	const far = await hourly('far');
	assert.ok(far.kind === 'unknown' && far.reason.includes('plugins.docker.hosts.far.ratePerHour'));
	assert.deepEqual(await hourly('priced'), {kind: 'known', nanos: 500_000_000, currency: 'USD'});
	await assert.rejects(hourly('nowhere'), error => error instanceof FailureError && /here, far, priced/.test(error.failure.fix ?? ''));
});
