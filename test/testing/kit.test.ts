import assert from 'node:assert/strict';
import {test} from 'node:test';
import {definePlugin, type Plugin} from 'cws/sdk';
import {createTestEngine, startPlugin} from 'cws/sdk/testing';
import {type Manifest} from '../../source/core/manifest.ts';
import {type ProviderResource} from '../../source/core/resource.ts';
import {type PluginContext} from '../../source/sdk/plugin.ts';

const manifest: Manifest = {
	id: 'lab',
	version: '1.0.0',
	title: 'Lab',
	kind: 'provider',
	api: 1,
	main: 'index.js',
	permissions: {http: [{hosts: ['api.lab.test'], methods: ['GET'], reason: 'to read'}], store: {maxBytes: 1000}},
	config: {type: 'object', properties: {size: {type: 'string', default: 'small'}}, additionalProperties: false},
	contributes: {
		resourceTypes: [{type: 'vm', operations: ['deploy', 'list', 'get', 'destroy'], sizes: [{name: 'small'}]}],
		commands: [{name: 'size', short: 'says its size', handler: 'size'}],
	},
};

/** A provider that keeps its machines in itself. */
function lab(see: (context: PluginContext) => void = () => {}): Plugin {
	const rows = new Map<string, ProviderResource>();
	let context: PluginContext;
	return definePlugin({
		initialize(given) {
			context = given;
			see(given);
		},
		health: () => ({status: 'pass'}),
		commands: {size: () => ({text: String(context.config['size'])})},
		provider: {
			async *list({type}) {
				yield {resources: [...rows.values()].filter(row => row.type === type)};
			},
			get: async ({id}) => rows.get(id) ?? null,
			plan: async (_provider, {name}) => ({lines: [{label: 'vm', value: name}]}),
			async deploy(_provider, {name}) {
				rows.set(name, {id: name, type: 'vm', name, status: 'running', rawStatus: 'ON'});
				return {status: 'created', id: name};
			},
			async destroy({id}) {
				return {status: rows.delete(id) ? 'deleted' : 'not_found', id};
			},
		},
	});
}

test('two plugins in one test share nothing', async () => {
	await using first = await startPlugin(lab(), {manifest});
	await using second = await startPlugin(lab(), {manifest, config: {size: 'large'}});
	await first.call('provider.deploy', ['lab', {type: 'vm', name: 'a'}]);
	await first.clock.advance(1000);
	assert.deepEqual([(await first.list('vm')).length, (await second.list('vm')).length], [1, 0]);
	assert.notEqual(first.clock.now(), second.clock.now());
	assert.deepEqual([(await first.command('size')).text, (await second.command('size')).text], ['small', 'large']);
});

test('options are checked by the manifest, and what it does not ask for is not there', async () => {
	await assert.rejects(startPlugin(lab(), {manifest, config: {colour: 'red'}}), /colour/);
	let context: PluginContext | undefined;
	await using running = await startPlugin(
		lab(given => {
			context = given;
		}),
		{manifest, http: () => ({body: {fine: true}})},
	);
	const {http, exec, secrets, ui, store, clock} = context!;
	assert.deepEqual([exec, secrets, ui], [undefined, undefined, undefined]);
	assert.deepEqual((await http!.fetch('https://api.lab.test/vms')).json(), {fine: true});
	await assert.rejects(http!.fetch('https://elsewhere.test/'), /does not ask for/);
	await assert.rejects(http!.fetch('https://api.lab.test/vms', {method: 'POST'}), /does not ask for/);
	await store!.set('seen', [1]);
	assert.deepEqual(running.store.get('seen'), [1]);
	const slept = clock.sleep(60_000);
	await running.clock.advance(60_000);
	await slept;
	assert.deepEqual(running.requests, [{url: 'https://api.lab.test/vms', method: 'GET'}]);
});

test('what is no JSON does not cross, and a call that was given up does not begin', async () => {
	await using running = await startPlugin(definePlugin({commands: {bad: () => ({data: 1n as never}), fine: () => ({text: 'x'})}}));
	await assert.rejects(running.command('bad'), /BigInt/);
	await assert.rejects(running.call('commands.fine', [{}], {signal: AbortSignal.abort()}), /cancelled/);
	await assert.rejects(running.call('commands.none', [{}]), /no method/);
});

test('the engine of cws runs around one plugin in memory: a deploy is followed until it is verified, and audited', async () => {
	await using world = await createTestEngine(lab(), {manifest});
	const {engine, clock, store} = world;
	engine.start();
	await clock.advance(500);
	const begun = await engine.run('deploy', {provider: 'lab', type: 'vm', name: 'web-1', fields: {}}, {origin: 'cli'});
	assert.ok(begun.ok, JSON.stringify(begun));
	const ended = engine.whenEnded(begun.value.id);
	await clock.advance(30_000);
	assert.equal((await ended).state, 'verified');
	const found = engine.resolve('web-1');
	assert.ok(found.ok && found.value.status === 'running');
	const gone = await engine.run('destroy', {ref: found.value.ref, confirm: 'web-1'}, {origin: 'cli'});
	assert.ok(gone.ok);
	const destroyed = engine.whenEnded(gone.value.id);
	await clock.advance(30_000);
	assert.equal((await destroyed).state, 'verified');
	assert.deepEqual(await world.plugin.list('vm'), []);
	assert.deepEqual(
		store.audit.map(({command}) => command),
		['deploy', 'destroy'],
	);
});

test('a login of a plugin is tried without a host: what it keeps is a secret it does not see', async () => {
	const secrets: Record<string, string> = {};
	let answer = '';
	const plugin = definePlugin({
		initialize({http}) {
			return http!.fetch('https://api.lab.test/token', {keep: {token: '/access/token'}}).then(({text}) => {
				answer = text();
			});
		},
	});
	const permissions = {http: [{hosts: ['api.lab.test'], reason: 'x'}], secrets: [{name: 'token', title: 'token', keep: true}]};
	await using own = await startPlugin(plugin, {
		manifest: {...manifest, contributes: {}, permissions},
		http: () => ({body: {access: {token: 'token-of-the-lab'}}}),
		secrets,
	});
	assert.ok(own);
	assert.deepEqual(secrets, {token: 'token-of-the-lab'});
	assert.deepEqual(JSON.parse(answer), {access: {token: '[redacted]'}});
});
