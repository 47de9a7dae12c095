import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type ProviderResource} from '../../../source/core/resource.ts';
import {startPlugin} from '../../plugins/plugin-under-test.ts';
import {until} from '../lib/until.ts';
import {type SlurmHarness} from './harness.ts';

export function restTests({backend, directory, slurm, spec, state}: SlurmHarness) {
	const url = backend.env['SLURM_REST_URL']!;
	const tokenFile = join(directory, 'token');
	const clusters = (more: object = {}) => ({discover: false, querySeconds: 1, clusters: {rest: {url, tokenFile, ...more}}});

	test('slurmrestd takes, shows, holds, releases and cancels a job, and squeue agrees', async () => {
		writeFileSync(tokenFile, `SLURM_JWT=${backend.env['SLURM_JWT_TOKEN']!}\n`);
		await using plugin = await startPlugin('slurm', clusters());
		const health = await plugin.host.checkHealth('slurm');
		assert.ok(health.ok && health.value.status === 'pass', JSON.stringify(health));
		assert.match(health.value.output ?? '', /slurmrestd v0\.0\.\d+/);
		const {id} = await plugin.value<OperationResult>('provider.deploy', [
			'slurm',
			{
				...spec('by-rest', 'echo hello; sleep 300', {
					nodes: 1,
					memory: '70M',
					gpus: 'a100:1',
					time: '10',
					partition: 'main',
					dependency: 'singleton',
				}),
				tags: {team: 'a b'},
			},
		]);
		const target = {provider: 'slurm', type: 'job', id: id!, name: 'by-rest', account: 'rest'};
		const get = async () => plugin.value<ProviderResource | null>('provider.get', [target]);
		const row = await until(get, found => found?.status === 'running');
		assert.deepEqual([row?.size, row?.tags], ['1 cpu 70 MB 1 gpu', {team: 'a b'}]);
		assert.equal(await slurm('squeue', '--noheader', `--jobs=${id}`, '--format=%j|%P|%m|%l|%b'), 'by-rest|main|70M|10:00|gres:gpu:a100:1');
		const off = await plugin.call('provider.hibernate', [target]);
		assert.ok(!off.ok && off.error.code === 'CWS_NOT_SUPPORTED', JSON.stringify(off));

		const second = await plugin.value<OperationResult>('provider.deploy', [
			'slurm',
			spec('by-rest-2', 'sleep 300', {dependency: `afterany:${id}`}),
		]);
		const waiting = {...target, id: second.id!, name: 'by-rest-2'};
		assert.equal((await plugin.value<OperationResult>('provider.stop', [waiting])).status, 'stopped');
		assert.match(await state(second.id!), /^PENDING JobHeld/);
		assert.equal((await plugin.value<OperationResult>('provider.start', [waiting])).status, 'started');
		await until(
			async () => state(second.id!),
			said => !said.includes('JobHeld'),
		);
		for (const one of [waiting, target]) {
			assert.equal((await plugin.value<OperationResult>('provider.destroy', [one])).status, 'deleted');
		}

		await until(
			async () => state(id!),
			said => said.startsWith('CANCELLED'),
		);
	});

	test('a token that is not good is a login that is missing, and names what makes one', async () => {
		await using plugin = await startPlugin('slurm', clusters());
		writeFileSync(tokenFile, 'aaaa.bbbb.cccc');
		const health = await plugin.host.checkHealth('slurm');
		assert.ok(health.ok && health.value.status === 'fail' && health.value.needsLogin === true, JSON.stringify(health));
		assert.match(health.value.fix ?? '', /scontrol token/);
		// Renewed by somebody, it is read again.
		writeFileSync(tokenFile, backend.env['SLURM_JWT_TOKEN']!);
		const again = await plugin.host.checkHealth('slurm');
		assert.ok(again.ok && again.value.status === 'pass', JSON.stringify(again));
	});

	test('a slurmrestd that is killed is told as away, and comes back by itself', async () => {
		writeFileSync(tokenFile, backend.env['SLURM_JWT_TOKEN']!);
		await using plugin = await startPlugin('slurm', clusters());
		await plugin.list('slurm', 'job');
		backend.kill('slurmrestd');
		const list = async () =>
			plugin.list('slurm', 'partition').then(
				() => 'live',
				(error: Error) => error.message,
			);
		assert.match(await until(list, said => said !== 'live'), /CWS_PROVIDER_UNAVAILABLE/);
		const refused = await plugin.call('provider.deploy', ['slurm', spec('by-nobody', 'true')]);
		assert.ok(!refused.ok && refused.error.code === 'CWS_PROVIDER_UNAVAILABLE', JSON.stringify(refused));
		const health = await plugin.host.checkHealth('slurm');
		assert.ok(health.ok && health.value.status === 'fail', JSON.stringify(health));
		await backend.up();
		assert.equal(await until(list, said => said === 'live'), 'live');
		assert.equal(await slurm('squeue', '--noheader', '--name=by-nobody'), '', 'nothing of it was submitted');
	});

	test('a token that ends soon is told before it does', async () => {
		const short = (await slurm('scontrol', 'token', 'lifespan=600')).replace('SLURM_JWT=', '');
		writeFileSync(tokenFile, short);
		await using plugin = await startPlugin('slurm', clusters());
		const health = await plugin.host.checkHealth('slurm');
		assert.ok(health.ok && health.value.status === 'warn', JSON.stringify(health));
		assert.match(health.value.output ?? '', /rest token: it expires in (9|10) min/);
	});
}
