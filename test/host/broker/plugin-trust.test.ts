import assert from 'node:assert/strict';
import {mkdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {test, type TestContext} from 'node:test';
import {type Manifest} from '../../../source/core/manifest.ts';
import {type PermissionSet} from '../../../source/core/manifest/permissions.ts';
import {ok} from '../../../source/core/failure/outcome.ts';
import {type PluginPolicy} from '../../../source/core/permissions/policy.ts';
import {type BrokerNotice} from '../../../source/host/broker/create-broker.ts';
import {createPluginTrust} from '../../../source/host/broker/create-plugin-trust.ts';
import {createLiveRedactor} from '../../../source/host/broker/live-redactor.ts';
import {openSandboxTransport} from '../../../source/host/transport/sandbox-transport.ts';
import {systemClock} from '../../../source/platform/clock.ts';
import {createHttpClient} from '../../../source/platform/plugin-io/http-client.ts';
import {createPluginFiles} from '../../../source/platform/plugin-io/plugin-files.ts';
import {createCommandRunner} from '../../../source/platform/plugin-io/run-command.ts';
import {hostForTest} from '../../helpers/host-for-test.ts';
import {sandboxBootstrap} from '../../helpers/sandbox-bootstrap.ts';
import {openTestStore} from '../../platform/store/open-test-store.ts';
import {tempDir} from '../../platform/temp-dir.ts';
import {recordOf} from '../fixture-host.ts';
import {madePlugin, rewrite} from '../made-plugin.ts';
import {startServer} from './local-server.ts';

const reason = 'test';
const permissions: PermissionSet = {
	http: [{hosts: ['api.test'], privateNetwork: true, reason}],
	secrets: [{name: 'token', title: 'Token', hosts: ['api.test']}],
	store: {maxBytes: 1000},
};

/** A plugin that evaluates what the test asks, with its context as `it`; its service fetches what it is told. */
const code = `let it; module.exports = {
	initialize(context) { it = context },
	provider: {run: source => Function('it', 'return (async () => (' + source + '))()')(it)},
	services: {fetcher: {get: async url => (await it.http.fetch(url)).text()}},
};`;

/** The real host with sandboxes, over the real database, with everything a plugin may ask for. */
async function world(t: TestContext, plugins: readonly (readonly [id: string, parts: Partial<Manifest>])[], policy?: PluginPolicy) {
	const {plugins: keep} = await openTestStore(t, ':memory:');
	const directory = tempDir(t);
	['home', 'data'].forEach(name => mkdirSync(join(directory, name)));
	const bootstrap = await sandboxBootstrap();
	const denied: BrokerNotice[] = [];
	const http = createHttpClient({lookup: async () => [{address: '127.0.0.1', family: 4}]});
	t.after(() => http.close());
	const trust = createPluginTrust({
		keep,
		clock: systemClock,
		by: 'ada (test)',
		...(policy && {policy}),
		ports: {http, exec: createCommandRunner({PATH: '/bin'}), files: createPluginFiles({forbidden: [directory]}), environment: {}},
		secrets: {
			has: async () => ok(true),
			get: async () => ok('sesame-token'),
			set: async secret => ok({...secret, place: 'file'}),
			delete: async () => ok(true),
			list: async () => ok([]),
		},
		redactor: createLiveRedactor(),
		roots: {home: join(directory, 'home'), xdgConfig: join(directory, 'home/.config'), workspace: directory},
		dataOf: id => join(directory, 'data', id),
		onDenied: notice => denied.push(notice),
	});
	const folders = plugins.map(([id, parts]) => madePlugin(id, parts, code));
	const started = await hostForTest([], {
		trust,
		openSandbox: openSandboxTransport(() => bootstrap),
		pluginDirectories: folders.map(folder => ({origin: 'user' as const, directory: dirname(folder)})),
		directories: {data: join(directory, 'data'), cache: join(directory, 'cache')},
	} as Parameters<typeof hostForTest>[1]);
	t.after(() => started[Symbol.asyncDispose]());
	mkdirSync(join(directory, 'cache'));
	const {host} = started;
	return {
		host,
		keep,
		denied,
		folders,
		async run(plugin: string, source: string): Promise<unknown> {
			const outcome = await host.call({plugin, method: 'provider.run', args: [source]});
			return outcome.ok ? outcome.value : `${outcome.error.code}: ${outcome.error.message}`;
		},
	};
}

test('a plugin from outside waits until it is allowed, and then can do exactly that', async t => {
	const server = await startServer(t, ({headers}, response) =>
		response.end(`${headers.authorization === 'Bearer sesame-token' ? 'welcome' : 'stranger'} ${headers.authorization}`),
	);
	const {host, run, denied, keep} = await world(t, [['hetzner', {permissions}]]);
	assert.match(String(await run('hetzner', '1')), /^CWS_PLUGIN_CONSENT/);
	const waiting = recordOf(host, 'hetzner');
	assert.equal(waiting.state, 'blocked');
	assert.deepEqual(
		waiting.consent?.needed.map(({kind, risk}) => `${kind} ${risk}`),
		['http high', 'code low', 'secrets low', 'store low'],
	);

	const granted = await host.grant('hetzner');
	assert.ok(granted.ok, granted.ok ? '' : granted.error.message);
	assert.equal(
		await run('hetzner', 'Object.keys(it).sort().join()'),
		'clock,config,directories,events,fs,http,id,log,secrets,services,signal,state,store',
	);
	assert.equal(
		await run('hetzner', `it.http.fetch('http://api.test:${server.port}/', {auth: 'token'}).then(r => r.text())`),
		'welcome Bearer [redacted]',
	);
	assert.equal(await run('hetzner', "it.store.set('a', {n: 1}).then(() => it.store.get('a')).then(v => v.n)"), 1);
	assert.deepEqual(await run('hetzner', "it.fs.write('data', 'x/y.txt', 'ż').then(() => it.fs.read('data', 'x/y.txt'))"), 'ż');
	assert.match(
		String(await run('hetzner', "it.http.fetch('https://evil.test/')")),
		/^CWS_PLUGIN_DENIED: `hetzner` may not reach `evil\.test`/,
	);
	const {denied: counted} = recordOf(host, 'hetzner');
	assert.equal(counted.count, 1);
	assert.match(counted.last?.what ?? '', /`http\.fetch` \(`hetzner` may not reach `evil\.test`\)/);
	assert.equal(denied.length, 1);
	const stored = await keep.getEntry('user/hetzner', 'a');
	assert.deepEqual(stored.ok && stored.value?.value, {n: 1});

	await host.deny('hetzner');
	assert.match(String(await run('hetzner', '1')), /^CWS_PLUGIN_/);
	const grants = await keep.readGrants();
	assert.deepEqual(grants.ok && grants.value, []);
});

test('perm-escalation: an update that asks for more keeps the old version in service until the difference is allowed', async t => {
	const {host, run, folders} = await world(t, [['hetzner', {permissions}]]);
	await host.grant('hetzner');
	rewrite(
		folders[0]!,
		'hetzner',
		{version: '1.1.0', permissions: {...permissions, exec: [{id: 'x', command: 'sh', args: [], reason: 'to be quick'}]}},
		code,
	);
	const reloaded = await host.reload('hetzner');
	assert.ok(!reloaded.ok && reloaded.error.code === 'CWS_PLUGIN_CONSENT');
	assert.equal(await run('hetzner', 'typeof it.exec'), 'undefined', 'the old one goes on');
	const {consent} = recordOf(host, 'hetzner');
	assert.equal(consent?.isUpdate, true);
	assert.deepEqual(
		consent.needed.map(({kind, risk, reason}) => `${kind} ${risk} ${reason}`),
		['exec high to be quick'],
	);
	await host.grant('hetzner');
	assert.equal(await run('hetzner', 'typeof it.exec.run'), 'function');
});

test('service-confused-deputy: a plugin that asks another for a page gets what the other may fetch, and is named', async t => {
	const server = await startServer(t, (_request, response) => response.end('page'));
	const {host, run, denied} = await world(t, [
		['deputy', {permissions, provides: {fetcher: '1.0.0'}}],
		['asker', {permissions: {}, requires: {fetcher: '^1'}}],
	]);
	await host.grant('deputy');
	await host.grant('asker');
	const ask = (url: string) => run('asker', `it.services.get('fetcher@^1').then(fetcher => fetcher.get('${url}'))`);
	assert.equal(await run('asker', 'typeof it.http'), 'undefined');
	assert.equal(await ask(`http://api.test:${server.port}/`), 'page', 'within the grants of the other');
	assert.match(String(await ask('http://169.254.169.254/')), /CWS_PLUGIN_DENIED/);
	assert.deepEqual(denied, [
		{plugin: 'deputy', capability: 'http.fetch', what: '`deputy` may not reach `169.254.169.254`.', caller: 'asker'},
	]);
});

test('what the policy of the machine denies does not run, whatever was granted', async t => {
	const {host, run} = await world(t, [['hetzner', {permissions}]], {deny: ['hetzner'], file: '/etc/cws/policy.toml'});
	await host.grant('hetzner');
	assert.match(String(await run('hetzner', '1')), /^CWS_PLUGIN_DENIED: .*denied by the policy of this machine/);
});
