import assert from 'node:assert/strict';
import path from 'node:path';
import {test} from 'node:test';
import {ok} from '../../source/core/failure/outcome.ts';
import {type PermissionItem} from '../../source/core/permissions/permission-item.ts';
import {type PluginTrust} from '../../source/host/trust.ts';
import {openProcessTransport} from '../../source/host/transport/process-transport.ts';
import {openSandboxTransport} from '../../source/host/transport/sandbox-transport.ts';
import {type OpenTransport} from '../../source/host/transport/transport.ts';
import {hostForTest} from '../helpers/host-for-test.ts';
import {sandboxBootstrap} from '../helpers/sandbox-bootstrap.ts';
import {listen, quick, recordOf} from './fixture-host.ts';
import {madePlugin, rewrite} from './made-plugin.ts';

const bootstrap = await sandboxBootstrap();
const code = (version: number) =>
	`module.exports = {provider: {version: () => ${version}, fetch: () => typeof context.http}, initialize(given) { context = given; }}; let context;`;
const item: PermissionItem = {kind: 'http', title: 'talk to api.example.com', reason: 'the API', risk: 'low'};
const asks = {permissions: {http: [{hosts: ['api.example.com'], reason: 'the API'}]}};
const call = {plugin: 'guest', method: 'provider.version', args: []};

/** Asks for consent to each new set of permissions, and remembers it. */
function cautious(): PluginTrust & {readonly granted: string[]} {
	const granted: string[] = [];
	const keyOf = (permissions: unknown) => JSON.stringify(permissions ?? {});
	return {
		granted,
		missing: async ({record}) =>
			ok(granted.includes(keyOf(record.manifest.permissions)) ? undefined : {needed: [item], isUpdate: granted.length > 0}),
		async grant({record, bundleHash}) {
			assert.match(bundleHash, /^[0-9a-f]{64}$/);
			granted.push(keyOf(record.manifest.permissions));
			return ok(undefined);
		},
		async revoke() {
			granted.length = 0;
			return ok(undefined);
		},
		capabilities: async ({record}): Promise<Record<string, () => Promise<number>>> =>
			record.manifest.permissions?.http === undefined ? {} : {'http.fetch': async () => 1},
	};
}

const guest = (parts = {}) => madePlugin('guest', parts, code(1));
const start = (folder: string, trust: PluginTrust) =>
	hostForTest([folder], {origin: 'user', trust, openSandbox: openSandboxTransport(() => bootstrap), limits: quick});

test('a plugin from outside waits for consent, runs in the sandbox once it is granted, and gets what was granted', async () => {
	await using started = await start(guest(asks), cautious());
	const {host} = started;
	const heard = listen(host);
	const refused = await host.load('guest');
	assert.ok(!refused.ok && refused.error.code === 'CWS_PLUGIN_CONSENT');
	assert.ok(heard.states.includes('blocked'), 'who is answered finds the records as the answer says');
	const {state, stage, consent, generation} = recordOf(host, 'guest');
	assert.deepEqual([state, stage, consent, generation], ['blocked', 'security', {needed: [item], isUpdate: false}, 0]);
	await heard.until(() => heard.events.some(({type}) => type === 'permission.requested'));
	const granted = await host.grant('guest');
	assert.ok(granted.ok && granted.value.state === 'active' && granted.value.consent === undefined, JSON.stringify(granted));
	assert.deepEqual(await host.call({...call, method: 'provider.fetch'}), {ok: true, value: 'object'});
});

test('a yes to something else than what is asked for now allows nothing', async () => {
	const trust = cautious();
	await using started = await start(guest(asks), trust);
	const {host} = started;
	const other = await host.grant('guest', [{...item, title: 'talk to nobody'}]);
	assert.ok(!other.ok && other.error.code === 'CWS_PLUGIN_CONSENT');
	assert.deepEqual(other.error.details?.['needed'], [item]);
	assert.deepEqual(trust.granted, []);
	assert.ok((await host.grant('guest', [item])).ok);
	assert.equal(trust.granted.length, 1);
});

test('an update that asks for more keeps the old version running until it is granted', async () => {
	const trust = cautious();
	await using started = await start(guest(), trust);
	const {host} = started;
	await host.grant('guest');
	assert.deepEqual(await host.call(call), {ok: true, value: 1});
	const installed = path.join(started.pluginDirectory, 'guest');
	rewrite(installed, 'guest', {...asks, version: '2.0.0'}, code(2));
	const reloaded = await host.reload('guest');
	assert.ok(!reloaded.ok && reloaded.error.code === 'CWS_PLUGIN_CONSENT');
	assert.deepEqual(await host.call(call), {ok: true, value: 1});
	assert.deepEqual(
		[recordOf(host, 'guest').state, recordOf(host, 'guest').manifest.version, recordOf(host, 'guest').consent],
		['active', '1.0.0', {needed: [item], isUpdate: true}],
	);
	assert.ok((await host.grant('guest')).ok);
	assert.deepEqual(await host.call(call), {ok: true, value: 2});
	assert.deepEqual([recordOf(host, 'guest').manifest.version, recordOf(host, 'guest').consent], ['2.0.0', undefined]);
});

test('a plugin that is refused ends, and may be granted later', async () => {
	await using started = await start(guest(), cautious());
	const {host} = started;
	await host.grant('guest');
	assert.ok((await host.deny('guest')).ok);
	const refused = await host.call(call);
	assert.ok(!refused.ok && refused.error.code === 'CWS_PLUGIN_CONSENT');
	assert.equal(recordOf(host, 'guest').state, 'blocked');
	assert.ok((await host.grant('guest')).ok);
	assert.deepEqual(await host.call(call), {ok: true, value: 1});
});

test('what a plugin tries and may not do is counted, shown and told', async () => {
	const tries = cautious();
	const denies: PluginTrust = {
		...tries,
		capabilities: async (_asker, {onDenied}) => ({
			async 'state.get'() {
				onDenied('`http.fetch` (evil.example.com)');
				return 1;
			},
		}),
	};
	const folder = madePlugin(
		'guest',
		{},
		`let context; module.exports = {initialize(given) { context = given; }, provider: {version: () => context.state.get()}};`,
	);
	await using started = await start(folder, denies);
	const {host} = started;
	const heard = listen(host);
	await host.grant('guest');
	for (let time = 0; time < 12; time++) {
		await host.call(call);
	}

	const {denied, state, strikes} = recordOf(host, 'guest');
	assert.deepEqual([denied.count, denied.last?.what, state, strikes], [12, '`http.fetch` (evil.example.com)', 'active', 0]);
	const told = () => heard.events.filter(({type}) => type === 'permission.denied');
	await heard.until(() => told().length >= 6);
	assert.equal(told().length, 6, 'the first five and the tenth');
});

test('a plugin from outside says what is its own or nobody’s, and cannot speak for cws', async () => {
	const folder = madePlugin(
		'guest',
		{permissions: {events: {publish: ['instance.launched'], reason: 'it launches'}}},
		`let context; module.exports = {initialize(given) { context = given; }, provider: {
			version: type => { context.events.emit({type, message: type, subject: 's', level: 'info'}); return 1; },
		}};`,
	);
	await using started = await start(folder, cautious());
	const {host} = started;
	const heard = listen(host);
	await host.grant('guest');
	for (const type of ['plugin.quarantined', 'instance.terminated', 'instance.launched', 'guest.done', 'custom.done']) {
		await host.call({...call, args: [type]});
	}

	await heard.until(() => heard.events.some(({type}) => type === 'custom.done'));
	assert.deepEqual(
		heard.events.filter(({plugin}) => plugin === 'guest').map(({type}) => type),
		['instance.launched', 'guest.done', 'custom.done'],
	);
	assert.equal(recordOf(host, 'guest').denied.count, 2);
	assert.equal(recordOf(host, 'guest').denied.last?.what, 'the event `instance.terminated`');
});

test('a plugin that was ended twice for its memory gets a process of its own', async () => {
	const folder = madePlugin(
		'guest',
		{limits: {memoryMb: 64}},
		`const kept = []; module.exports = {provider: {version: () => 1, leak() { for (;;) kept.push(new Array(50_000).fill(kept.length)); }}};`,
	);
	const placements: string[] = [];
	const seen =
		(placement: string, open: OpenTransport): OpenTransport =>
		setup => {
			placements.push(placement);
			return open(setup);
		};
	await using started = await hostForTest([folder], {
		origin: 'user',
		trust: cautious(),
		openSandbox: seen(
			'worker',
			openSandboxTransport(() => bootstrap),
		),
		openProcess: seen(
			'process',
			openProcessTransport(() => bootstrap),
		),
		limits: {...quick, backoffMaxMs: 40},
	});
	const {host} = started;
	await host.grant('guest');
	for (let time = 0; time < 2; time++) {
		const killed = await host.call({...call, method: 'provider.leak'});
		assert.ok(!killed.ok && /memory/.test(killed.error.message), JSON.stringify(killed));
	}

	assert.deepEqual(await host.call(call), {ok: true, value: 1});
	assert.deepEqual(placements, ['worker', 'worker', 'process']);
});
