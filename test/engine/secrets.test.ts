import assert from 'node:assert/strict';
import test from 'node:test';
import {type Manifest} from '../../source/core/manifest.ts';
import {type Outcome} from '../../source/core/failure/outcome.ts';
import {fakePlugin} from '../helpers/fake-host.ts';
import {createFakeSecrets} from '../helpers/fake-secrets.ts';
import {startWorld, vmType} from './world.ts';

const cli = {origin: 'cli'} as const;

const plugin = (id: string, patch: Partial<Manifest>) => {
	const record = fakePlugin(id, [vmType]);
	return {...record, manifest: {...record.manifest, ...patch}};
};

const hetzner = plugin('hetzner', {
	permissions: {
		secrets: [
			{name: 'token', title: 'API token', reason: 'to sign in'},
			{name: 'ssh_key', title: 'SSH key'},
		],
		env: [{name: 'HCLOUD_TOKEN', as: 'secret', reason: 'the same'}],
	},
	config: {
		type: 'object',
		properties: {timeout: {type: 'integer', minimum: 1}, apiKey: {type: 'string', format: 'password'}},
		required: ['endpoint'],
		additionalProperties: false,
	},
});

const errorOf = (outcome: Outcome<unknown>) => {
	assert.ok(!outcome.ok);
	return outcome.error;
};

test('a secret is kept by the place the plugin comes from, and the audit has everything but its value', async () => {
	const world = await startWorld({plugins: [hetzner]});
	const set = await world.engine.run('setSecret', {plugin: 'hetzner', name: 'ssh-key', value: 'hcl-s3cr3t'}, cli);
	assert.ok(set.ok);
	assert.deepEqual([...world.secrets.values], [['bundled/hetzner/ssh_key', 'hcl-s3cr3t']]);
	assert.ok((await world.engine.run('deleteSecret', {plugin: 'hetzner', name: 'ssh_key'}, cli)).ok);
	assert.equal(world.secrets.values.size, 0);
	await world.clock.flush();
	assert.deepEqual(
		world.store.audit.map(({command, target, input, outcome}) => ({command, target, input, outcome})),
		[
			{command: 'setSecret', target: 'hetzner', input: {plugin: 'hetzner', name: 'ssh-key'}, outcome: 'done'},
			{command: 'deleteSecret', target: 'hetzner', input: {plugin: 'hetzner', name: 'ssh_key'}, outcome: 'done'},
		],
	);
});

test('a secret no plugin asks for is refused with what was meant, and never repeated', async () => {
	const world = await startWorld({plugins: [hetzner, plugin('lab', {})]});
	const set = async (id: string, name: string) =>
		errorOf(await world.engine.run('setSecret', {plugin: id, name, value: 'hcl-s3cr3t'}, cli));
	assert.match((await set('hetzner', 'tokn')).fix!, /`token`/);
	assert.match((await set('lab', 'token')).message, /asks for no secrets/);
	assert.equal((await set('hetzne', 'token')).code, 'CWS_NO_PLUGIN');
	const empty = errorOf(await world.engine.run('setSecret', {plugin: 'hetzner', name: 'token', value: ''}, cli));
	assert.equal(empty.code, 'CWS_INVALID_INPUT');
	await world.clock.flush();
	assert.equal(world.store.audit.length, 4);
	assert.doesNotMatch(JSON.stringify(world.store.audit), /s3cr3t/);
});

test('read-only mode sets and deletes no secret', async () => {
	const world = await startWorld({
		plugins: [hetzner],
		settings: {readOnly: true},
		secrets: createFakeSecrets({'bundled/hetzner/token': 'x'}),
	});
	for (const outcome of [
		await world.engine.run('setSecret', {plugin: 'hetzner', name: 'token', value: 'y'}, cli),
		await world.engine.run('deleteSecret', {plugin: 'hetzner', name: 'token'}, cli),
	]) {
		assert.equal(errorOf(outcome).code, 'CWS_DENIED');
	}

	assert.deepEqual([...world.secrets.values.values()], ['x']);
});

test('what plugins ask for and what is kept are one list without values', async () => {
	const secrets = createFakeSecrets({'bundled/hetzner/token': 'a', 'user/gone/token': 'b', 'user/hetzner/token': 'c'});
	const world = await startWorld({plugins: [hetzner], secrets});
	const rows = await world.engine.readSecrets();
	assert.ok(rows.ok);
	assert.deepEqual(
		rows.value.map(({plugin: id, key, name, place, isAsked}) => [id, key, name, place, isAsked]),
		[
			['gone', 'user/gone', 'token', 'file', false],
			['hetzner', 'bundled/hetzner', 'HCLOUD_TOKEN', undefined, true],
			['hetzner', 'bundled/hetzner', 'apiKey', undefined, true],
			['hetzner', 'bundled/hetzner', 'ssh_key', undefined, true],
			['hetzner', 'bundled/hetzner', 'token', 'file', true],
			['hetzner', 'user/hetzner', 'token', 'file', false],
		],
	);
});

test('a secret of a plugin that is gone can be deleted, and two of the same id are told apart', async () => {
	const secrets = createFakeSecrets({'user/gone/token': 'a', 'package:/x/gone/token': 'b', 'user/old/token': 'c'});
	const world = await startWorld({plugins: [hetzner], secrets});
	const remove = async (id: string) => world.engine.run('deleteSecret', {plugin: id, name: 'token'}, cli);
	assert.ok((await remove('old')).ok);
	assert.deepEqual(errorOf(await remove('gone')).details, {references: ['user/gone', 'package:/x/gone']});
	assert.ok((await remove('user/gone')).ok);
	assert.deepEqual([...secrets.values.keys()], ['package:/x/gone/token']);
	assert.equal(errorOf(await remove('nobody')).code, 'CWS_NOT_FOUND');
});

test('options of a plugin are checked by its schema, saved, and restart that plugin alone', async () => {
	const world = await startWorld({plugins: [hetzner, plugin('lab', {})]});
	const outcome = await world.engine.run('setPluginConfig', {plugin: 'hetzner', values: {timeout: 20}}, cli);
	assert.ok(outcome.ok);
	assert.deepEqual(world.saved.get('hetzner'), {timeout: 20});
	const asked = world.host.asked.filter(({method}) => method === 'reconfigure');
	assert.deepEqual(
		asked.map(({plugin: id, args}) => [id, args]),
		[['hetzner', [{timeout: 20}]]],
	);
	await world.clock.flush();
	assert.deepEqual(world.store.audit.at(-1)?.input, {plugin: 'hetzner', fields: ['timeout']});
});

test('an option that is a secret takes the name of one of its own, and a new value of it reaches the plugin', async () => {
	const world = await startWorld({plugins: [hetzner]});
	const set = (apiKey: string) => world.engine.run('setPluginConfig', {plugin: 'hetzner', values: {apiKey}}, cli);
	assert.ok((await set('secret:hetzner/token')).ok);
	assert.deepEqual(world.saved.get('hetzner'), {apiKey: 'secret:hetzner/token'});
	for (const wrong of ['secret:aws/token', 'secret:hetzner/other', 'hcl-s3cr3t']) {
		assert.match(errorOf(await set(wrong)).fix!, /cws secrets set hetzner apiKey/);
	}

	world.host.change('hetzner', {state: 'active', generation: 1});
	await world.engine.run('setSecret', {plugin: 'hetzner', name: 'token', value: 'a'}, cli);
	assert.equal(world.host.records()[0]?.generation, 1);
	await world.engine.run('setSecret', {plugin: 'hetzner', name: 'apiKey', value: 'a'}, cli);
	assert.equal(world.host.records()[0]?.generation, 2);
});

test('an option that is unset goes back to its default, and the audit says which', async () => {
	const world = await startWorld({plugins: [hetzner]});
	const unset = (...fields: readonly string[]) => world.engine.run('setPluginConfig', {plugin: 'hetzner', values: {}, unset: fields}, cli);
	world.saved.set('hetzner', {timeout: 20});
	assert.ok((await unset('timeout')).ok);
	assert.deepEqual(world.saved.get('hetzner'), {timeout: undefined});
	assert.match(errorOf(await unset('timeuot')).fix!, /`timeout`/);
	await world.clock.flush();
	assert.deepEqual(world.store.audit[0]?.input, {plugin: 'hetzner', fields: [], unset: ['timeout']});
});

test('an option the schema does not take changes nothing', async () => {
	const world = await startWorld({plugins: [hetzner]});
	const set = async (values: Readonly<Record<string, unknown>>) =>
		errorOf(await world.engine.run('setPluginConfig', {plugin: 'hetzner', values}, cli));
	assert.match((await set({timeout: 0})).message, /`plugins\.hetzner\.timeout` must be at least 1/);
	assert.match((await set({timeuot: 3})).fix!, /`timeout`/);
	assert.match((await set({apiKey: 'hcl-s3cr3t'})).fix!, /cws secrets set hetzner apiKey/);
	assert.equal(world.saved.size, 0);
	assert.equal(world.host.asked.filter(({method}) => method === 'reconfigure').length, 0);
});
