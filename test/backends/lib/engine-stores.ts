import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type EngineHarness} from './engine-harness.ts';
import {type ListPage} from '../../../source/sdk/provider.ts';
import {type PluginUnderTest} from '../../plugins/plugin-under-test.ts';

const many = 200;

/** Volumes, images, hostile names and large lists. */
export function storesTests(harness: EngineHarness): void {
	const {cli, url, image, deploy, act, get, rows} = harness;

	test('volumes are made, found in use and removed', async () => {
		const made = await harness.running.value<OperationResult>('provider.deploy', [
			'docker',
			{type: 'volume', name: 'vault', fields: {}, tags: {team: 'blue'}, token: 'vault'},
		]);
		const again = await harness.running.value<OperationResult>('provider.deploy', [
			'docker',
			{type: 'volume', name: 'vault', fields: {}, token: 'vault'},
		]);
		assert.equal(again.id, made.id);
		const other = await harness.running.call('provider.deploy', ['docker', {type: 'volume', name: 'vault', fields: {}, token: 'x'}]);
		assert.ok(!other.ok && other.error.code === 'CWS_NAME_TAKEN');
		assert.equal(await cli('volume', 'inspect', '--format', '{{.Labels.team}}', 'vault'), 'blue');
		const user = await deploy('uses-vault', 'sleep 100', {mounts: ['vault:/v']});
		const target = {provider: 'docker', type: 'volume', id: 'vault', name: 'vault'};
		const row = await get(target);
		assert.deepEqual([row?.rawStatus, row?.attachedTo], ['in use', user.id]);
		const refused = await harness.running.call('provider.destroy', [target]);
		assert.ok(!refused.ok && refused.error.code === 'CWS_INVALID_STATE', JSON.stringify(refused));
		await act('destroy', user);
		assert.equal(await act('destroy', target), 'deleted');
		assert.equal(await act('destroy', target), 'not_found');
		await assert.rejects(cli('volume', 'inspect', 'vault'));
	});

	test('an image is found by its name and removed with all its names', async () => {
		await cli('tag', image, 'spare:1');
		const row = (await rows('image')).find(({meta}) => JSON.stringify(meta).includes('spare:1'));
		assert.ok(row !== undefined);
		assert.match(row.size ?? '', /MB$/);
		await cli('rmi', 'spare:1');
	});

	test('what others wrote into labels, commands and environments reaches nobody as it is', async () => {
		const evil = '\u001B[31mred\u0007\u202Eback';
		const id = await cli(
			'create',
			'--name',
			'hostile-1',
			'--network',
			'none',
			'--label',
			`evil=${evil}`,
			'--label',
			'__proto__=x',
			image,
			'echo',
			evil,
		);
		const row = (await rows()).find(row => row.id === id);
		assert.ok(row !== undefined);
		// oxlint-disable-next-line no-control-regex
		assert.doesNotMatch(JSON.stringify(row), /\\u00(?:0|1)|\\u202|\u202E|\u001B/);
		assert.equal(Object.getPrototypeOf(row.tags), Object.prototype);
		await cli('rm', id);
	});

	test(`${many} containers are listed in full`, async t => {
		await createMany(harness.running, url, image);
		const ours: ListPage[] = [];
		const begin = performance.now();
		ours.push(...(await harness.running.list('docker', 'container')));
		const between = performance.now();
		const theirs = (await cli('ps', '-a', '--format', '{{.Names}}')).split('\n');
		const end = performance.now();
		const names = ours.flatMap(({resources}) => resources.map(({name}) => name));
		assert.deepEqual(names.toSorted(), theirs.toSorted());
		assert.ok(names.length >= many);
		t.diagnostic(
			`${names.length} containers: the plugin ${Math.round(between - begin)} ms, the engine's command ${Math.round(end - between)} ms`,
		);
		await cli('rm', '-f', ...theirs.filter(name => name.startsWith('many-')));
	});
}

async function createMany(running: PluginUnderTest, url: string, image: string): Promise<void> {
	const {Pool} = await import('undici');
	const pool = new Pool('http://engine', {connect: {socketPath: url.replace('unix://', '')}, connections: 4});
	await Promise.all(
		Array.from({length: many}, async (_, index) => {
			const {statusCode, body} = await pool.request({
				method: 'POST',
				path: `/v1.41/containers/create?name=many-${index}`,
				headers: {'content-type': 'application/json'},
				body: JSON.stringify({Image: image, Cmd: ['true'], HostConfig: {NetworkMode: 'none'}, Labels: {index: String(index)}}),
			});
			assert.equal(statusCode, 201, await body.text());
		}),
	);
	await pool.close();
	assert.equal(running.record().state, 'active');
}
