import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Manifest} from '../../../source/core/manifest.ts';
import {type PluginHost} from '../../../source/core/ports/plugin-host.ts';
import {hostForTest} from '../../helpers/host-for-test.ts';
import {quick, recordOf} from '../fixture-host.ts';
import {madePlugin} from '../made-plugin.ts';

/** A plugin whose `provider.use(service, method, ...args)` calls a service, and whose own service `NAME` has what is given. */
const user = (id: string, parts: Partial<Manifest>, services = '') =>
	madePlugin(
		id,
		parts,
		`let services, signal;
		const use = async (service, method, ...args) => {
			const proxy = await services.get(service);
			return proxy === null ? 'nobody' : method === undefined ? Object.keys(proxy).sort() : await proxy[method](...args);
		};
		export default {
			initialize(context) { services = context.services; },
			provider: {use: (service, ...rest) => use(service, ...rest.slice(0, -1)), die: () => process.exit(3)},
			services: {${services}},
		};`,
	);

const start = (folders: readonly string[], limits = {}) => hostForTest(folders, {limits: {...quick, ...limits}});

const pricing = `pricing: {
	quote: (size, call) => ({size, caller: call.caller?.plugin, text: 'a\\nb'}),
	fails: () => { throw Object.assign(new Error('x'), {failure: {code: 'CWS_NOT_FOUND', message: 'no such size'}}); },
	never: () => new Promise(() => {}),
	die: () => process.exit(3),
}`;
const seller = (version = '1.4.0', id = 'seller') => user(id, {provides: {pricing: version}}, pricing);
const buyer = (parts: Partial<Manifest> = {optionalRequires: {pricing: '^1'}}) => user('buyer', parts);

async function use(host: PluginHost, plugin: string, ...args: readonly unknown[]): Promise<unknown> {
	const outcome = await host.call({plugin, method: 'provider.use', args});
	return outcome.ok ? outcome.value : `${outcome.error.code}: ${outcome.error.cause ?? outcome.error.message}`;
}

test('a service is got by name and range, starts its provider, and knows who calls', async () => {
	await using started = await start([seller(), buyer()]);
	const {host} = started;
	assert.deepEqual(await use(host, 'buyer', 'pricing@^1'), ['die', 'fails', 'never', 'quote']);
	assert.deepEqual(await use(host, 'buyer', 'pricing', 'quote', 'large'), {size: 'large', caller: 'buyer', text: 'a b'});
	assert.equal(recordOf(host, 'seller').state, 'active');
});

test('a service nobody offers, or not in that version, is null; one the manifest does not name is denied', async () => {
	await using started = await start([seller(), buyer({optionalRequires: {pricing: '*', dns: '^1'}})]);
	const {host} = started;
	assert.equal(await use(host, 'buyer', 'dns'), 'nobody');
	assert.equal(await use(host, 'buyer', 'pricing@^2'), 'nobody');
	assert.match(String(await use(host, 'buyer', 'notify@^1')), /^CWS_PLUGIN_DENIED/);
	assert.match(String(await use(host, 'buyer', 'constructor')), /^CWS_PLUGIN_DENIED/);
});

test('a service is gone with its provider, and a call of it says so', async () => {
	await using started = await start([seller(), buyer()], {backoffMs: 60_000, backoffMaxMs: 60_000});
	const {host} = started;
	assert.match(String(await use(host, 'buyer', 'pricing', 'die')), /^CWS_SERVICE_UNAVAILABLE: .*ended its worker/);
	assert.equal(await use(host, 'buyer', 'pricing'), 'nobody');
	await host.reload('seller');
	assert.deepEqual(recordOf(host, 'seller').services, [{name: 'pricing', version: '1.4.0', isOffered: true}]);
	await host.unload('seller');
	assert.equal(await use(host, 'buyer', 'pricing'), 'nobody');
	assert.deepEqual(recordOf(host, 'seller').services, []);
});

test('a failure of a service crosses as it is, and a call ends with the deadline of the call it serves', async () => {
	await using started = await start([seller(), buyer()]);
	const {host} = started;
	assert.equal(await use(host, 'buyer', 'pricing', 'fails'), 'CWS_NOT_FOUND: no such size');
	const late = await host.call({plugin: 'buyer', method: 'provider.use', args: ['pricing', 'never'], deadlineMs: 300});
	assert.ok(!late.ok && late.error.code === 'CWS_PLUGIN_TIMEOUT');
	assert.deepEqual(await use(host, 'buyer', 'pricing', 'quote', 's'), {size: 's', caller: 'buyer', text: 'a b'});
});

test('of two that offer the same the newer goes first, and the other says who hides it', async () => {
	await using started = await start([seller('1.0.0', 'older'), seller('1.5.0', 'newer'), buyer()]);
	const {host} = started;
	await Promise.all(['older', 'newer'].map(id => host.start(id)));
	assert.deepEqual(
		['older', 'newer'].map(id => recordOf(host, id).services),
		[[{name: 'pricing', version: '1.0.0', isOffered: false, hiddenBy: 'newer'}], [{name: 'pricing', version: '1.5.0', isOffered: true}]],
	);
	await use(host, 'buyer', 'pricing', 'quote', 1);
	await host.unload('newer');
	assert.deepEqual(await use(host, 'buyer', 'pricing', 'quote', 1), {size: 1, caller: 'buyer', text: 'a b'});
});

test('`service-cycle`: A asks B, which asks A: an error before the deadline', async () => {
	const asks = (own: string, other: string) => `${own}: {ask: () => use('${other}', 'ask')}`;
	await using started = await start([
		user('one', {provides: {one: '1.0.0'}, optionalRequires: {two: '^1'}}, asks('one', 'two')),
		user('two', {provides: {two: '1.0.0'}, optionalRequires: {one: '^1'}}, asks('two', 'one')),
	]);
	assert.equal(await use(started.host, 'one', 'two', 'ask'), 'CWS_SERVICE_UNAVAILABLE: the call goes in a circle: `one` → `two` → `one`');
});

test('a call goes through at most four plugins', async () => {
	const folders = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index, all) =>
		user(
			`p${id}`,
			{provides: {[id]: '1.0.0'}, ...(all[index + 1] && {optionalRequires: {[all[index + 1]!]: '^1'}})},
			all[index + 1] ? `${id}: {ask: () => use('${all[index + 1]}', 'ask')}` : `${id}: {ask: () => 'the end'}`,
		),
	);
	await using started = await start(folders);
	assert.match(String(await use(started.host, 'pa', 'b', 'ask')), /through more than 4 plugins: `pa` → .* → `pf`/);
	assert.equal(await use(started.host, 'pb', 'c', 'ask'), 'the end');
});
