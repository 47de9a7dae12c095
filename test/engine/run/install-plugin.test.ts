import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createFakeHost, fakePlugin} from '../../helpers/fake-host.ts';
import {createFakeInstaller} from '../../helpers/fake-installer.ts';
import {createWorld} from '../world.ts';

const cli = {origin: 'cli'} as const;
const needed = [{kind: 'http', title: 'send requests to a.test', reason: 'to greet', risk: 'low'}] as const;

function world(settings: {readonly readOnly?: boolean} = {}) {
	const record = fakePlugin('greeter', [], {origin: 'user', directory: '/plugins/greeter', state: 'discovered'});
	const host = createFakeHost([record]);
	const installer = createFakeInstaller();
	installer.sources.set('/new', {manifest: record.manifest, consent: {needed, isUpdate: false}, digest: 'd1'});
	installer.sources.set('/update', {manifest: record.manifest, previousVersion: '0.9.0', consent: {needed, isUpdate: true}, digest: 'd2'});
	installer.sources.set('/same', {manifest: record.manifest, previousVersion: '1.0.0', digest: 'd3'});
	return {...createWorld({host, installer, settings}), installer};
}

test('a look at a plugin changes nothing and is not audited', async () => {
	const {engine, installer, store} = world();
	const shown = await engine.previewInstall('/new');
	assert.ok(shown.ok && shown.value.consent?.needed === needed);
	assert.deepEqual(installer.done, ['stage /new', 'discard /new']);
	assert.equal(store.audit.length, 0);
});

test('a new plugin is put in its place without being allowed, and runs at once when it was', async () => {
	const {engine, installer, host, store} = world();
	await engine.load();
	const loaded = await engine.run('installPlugin', {source: '/new'}, cli);
	assert.ok(loaded.ok, JSON.stringify(loaded));
	assert.deepEqual(installer.done, ['stage /new', 'commit /new', 'keep /new']);
	assert.ok(host.asked.some(({method}) => method === 'rescan'));
	const accepted = await engine.run('installPlugin', {source: '/new', accepts: 'd1'}, cli);
	assert.ok(accepted.ok && accepted.value.record.state === 'active');
	await engine.stop();
	assert.deepEqual(
		store.audit.map(({command, target, outcome}) => [command, target, outcome]),
		[
			['installPlugin', '/new', 'done'],
			['installPlugin', '/new', 'done'],
		],
	);
});

test('an update that asks for more, or is not what was shown, leaves everything as it was', async () => {
	const {engine, installer} = world();
	for (const input of [{source: '/update'}, {source: '/update', accepts: 'd1'}]) {
		const refused = await engine.run('installPlugin', input, cli);
		assert.ok(!refused.ok && refused.error.code === 'CWS_PLUGIN_CONSENT');
	}

	assert.ok(!installer.done.some(step => step.startsWith('commit')));
	assert.ok((await engine.run('installPlugin', {source: '/update', accepts: 'd2'}, cli)).ok);
	assert.ok((await engine.run('installPlugin', {source: '/same'}, cli)).ok);
});

test('in read-only mode nothing is installed or removed', async () => {
	const {engine, installer} = world({readOnly: true});
	for (const outcome of [
		await engine.run('installPlugin', {source: '/new', accepts: 'd1'}, cli),
		await engine.run('removePlugin', {plugin: 'greeter', confirm: 'greeter'}, cli),
	]) {
		assert.ok(!outcome.ok && outcome.error.code === 'CWS_DENIED');
	}

	assert.deepEqual(installer.done, []);
});

test('only a plugin of the person is removed, and only with its id', async () => {
	const bundled = fakePlugin('lab', []);
	const own = fakePlugin('greeter', [], {origin: 'user'});
	const installer = createFakeInstaller();
	const {engine, secrets} = createWorld({host: createFakeHost([bundled, own]), installer});
	await secrets.set({plugin: 'user/greeter', name: 'token'}, 'sesame');
	for (const [plugin, confirm, code] of [
		['lab', 'lab', 'CWS_NOT_SUPPORTED'],
		['greeter', '', 'CWS_DENIED'],
		['nobody', 'nobody', 'CWS_NO_PLUGIN'],
	] as const) {
		const refused = await engine.run('removePlugin', {plugin, confirm}, cli);
		assert.ok(!refused.ok);
		assert.equal(refused.error.code, code);
	}

	assert.deepEqual(await engine.run('removePlugin', {plugin: 'greeter', confirm: 'greeter'}, cli), {ok: true, value: undefined});
	assert.deepEqual(installer.done, ['remove user/greeter']);
	assert.equal(secrets.values.size, 0);
});
