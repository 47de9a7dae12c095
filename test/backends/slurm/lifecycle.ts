import assert from 'node:assert/strict';
import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {type LogLine} from '../../../source/core/plugin.ts';
import {until} from '../lib/until.ts';
import {spawnPty} from '../../helpers/pty.ts';
import {type SlurmHarness} from './harness.ts';

export function lifecycleTests(harness: SlurmHarness) {
	const {plugin, slurm, spec, deploy, act, get, becomes, rows, state, directory} = harness;

	test('a job is submitted as it was asked for, and squeue says the same', async () => {
		const target = await deploy('train-1', 'sleep 300', {
			nodes: 2,
			tasksPerNode: 2,
			memory: '100M',
			gpus: 'a100:1',
			time: '01:30:00',
			partition: 'main',
		});
		const row = await becomes(target, 'running');
		assert.equal(
			await slurm('squeue', '--noheader', `--jobs=${target.id}`, '--format=%j|%P|%D|%C|%m|%l|%b|%T'),
			'train-1|main|2|4|100M|1:30:00|gres:gpu:a100:1|RUNNING',
		);
		assert.equal(row.size, '4 cpu 200 MB 2 gpu 2 nodes');
		assert.deepEqual(row.cost?.hourly, {kind: 'known', nanos: 2_040_000_000, currency: 'USD'});
		assert.equal(row.meta?.['nodes'], 'n[1-2]');
		const again = await plugin.value('provider.deploy', ['slurm', spec('train-1', 'sleep 300')]);
		assert.equal((again as {id: string}).id, target.id, 'the same token gives the same job');
		const nodes = await until(
			async () => rows('node'),
			found => found.every(({meta}) => meta?.['gpusInJobs'] === 1),
		);
		assert.deepEqual(
			nodes.map(({name, status, size}) => [name, status, size]),
			[
				['n1', 'running', '4 cpu 2 GB 2 gpu'],
				['n2', 'running', '4 cpu 2 GB 2 gpu'],
			],
		);
		assert.equal(await act('destroy', target), 'deleted');
		assert.match(
			await until(
				async () => state(target.id),
				said => !said.startsWith('COMPLETING'),
			),
			/^CANCELLED/,
		);
		assert.equal(await get(target), null);
		assert.equal(await act('destroy', target), 'not_found');
	});

	test('suspend, resume, stop, start and restart are what squeue then says', async () => {
		const target = await deploy('steer-1', 'sleep 300');
		await becomes(target, 'running');
		assert.equal(await act('hibernate', target), 'stopped');
		assert.match(await state(target.id), /^SUSPENDED/);
		assert.equal((await becomes(target, 'hibernated')).rawStatus, 'SUSPENDED');
		assert.equal(await act('resume', target), 'started');
		assert.match(await state(target.id), /^RUNNING/);
		assert.equal(await act('stop', target), 'stopped');
		const held = await becomes(target, 'stopped');
		assert.match(held.statusReason ?? '', /held by its owner/);
		assert.match(await state(target.id), /^PENDING (JobHeldUser|job requeued in held state)$/);
		assert.equal(await act('start', target), 'started');
		await becomes(target, 'running');
		const begun = (await get(target))?.meta?.['restarts'];
		assert.equal(await act('restart', target), 'started');
		await until(
			async () => get(target),
			row => row?.status === 'running' && row.meta?.['restarts'] !== begun,
		);
		assert.match(await state(target.id), /^RUNNING/);
		await act('destroy', target);
	});

	test('its output is followed live until it ends, and it can run again', async () => {
		const target = await deploy(
			'talk-1',
			'for i in 1 2 3 4 5 6; do echo "line $i on $CUDA_VISIBLE_DEVICES"; sleep 1; done; echo wrong >&2; exit 3',
			{
				gpus: '1',
				output: 'talk_%j_%x.txt',
			},
		);
		await becomes(target, 'running');
		const seen: {readonly text: string; readonly at: number}[] = [];
		for await (const chunk of plugin.host.stream<LogLine>({
			plugin: 'slurm',
			method: 'provider.logs',
			args: [target, {follow: true, tail: 100}],
		})) {
			assert.ok(chunk.ok, JSON.stringify(chunk));
			seen.push(...chunk.value.map(({text}) => ({text, at: Date.now()})));
		}

		assert.deepEqual(
			seen.map(({text}) => text),
			[...[1, 2, 3, 4, 5, 6].map(number => `line ${number} on 0`), 'wrong'],
		);
		assert.ok(seen[5]!.at - seen[0]!.at > 500, 'the lines came one after the other');
		const ended = await becomes(target, 'failed');
		assert.match(ended.statusReason ?? '', /ended with an error.*exit code 3/);
		assert.ok(existsSync(join(directory, `talk_${target.id}_talk-1.txt`)));
		assert.match(ended.disabled?.destroy ?? '', /has ended/);
		assert.equal(await act('start', target), 'started');
		await becomes(target, 'running');
		await act('destroy', target);
	});

	test('why a job waits is said in words', async () => {
		const blocker = await deploy('wait-first', 'sleep 300', {nodes: 2, tasksPerNode: 4});
		await becomes(blocker, 'running');
		const full = await deploy('wait-full', 'true', {tasksPerNode: 4});
		const after = await deploy('wait-after', 'true', {dependency: `afterok:${blocker.id}`});
		const row = await until(
			async () => get(full),
			found => /Resources|Priority/.test(found?.statusReason ?? ''),
		);
		assert.match(row?.statusReason ?? '', /waits for free processors|higher priority/);
		assert.equal(row?.status, 'pending');
		assert.match((await get(after))?.statusReason ?? '', /waits for the job it depends on \(Dependency\)/);
		assert.equal(await state(after.id), 'PENDING Dependency');
		for (const target of [after, full, blocker]) {
			assert.equal(await act('destroy', target), 'deleted');
		}
	});

	test('tasks of an array are rows of their own, and those that wait are one', async () => {
		const target = await deploy('sweep', 'sleep 300', {array: '0-5%2', memory: '50M'});
		const all = async () =>
			(await rows()).filter(({meta}) => meta?.['jobId'] !== undefined && String(meta['array'] && target.id) === target.id);
		const found = await until(all, list => list.filter(({status}) => status === 'running').length === 2);
		assert.deepEqual(found.map(({name}) => name).toSorted(), ['sweep[0]', 'sweep[1]', 'sweep[2-5%2]']);
		const one = found.find(({name}) => name === 'sweep[0]')!;
		assert.equal(await act('destroy', {...target, id: one.id, name: one.name}), 'deleted');
		await until(all, list => list.some(({name}) => name === 'sweep[2]'));
		assert.equal(await act('destroy', target), 'deleted', 'the tasks that wait');
		const left = await until(
			async () => slurm('squeue', '--noheader', '--states=R', `--jobs=${target.id}`, '--format=%K'),
			said => said.split('\n').length === 2,
		);
		assert.deepEqual(left.split('\n').toSorted(), ['1', '2'], 'those that run go on');
		await slurm('scancel', target.id);
	});

	test('what connects to it is a shell on its own processors', async () => {
		const target = await deploy('shell-1', 'sleep 300', {gpus: '2'});
		await becomes(target, 'running');
		const connection = await plugin.value<{command: string; args: readonly string[]; env: Readonly<Record<string, string>>}>(
			'provider.connect',
			[target, {command: ['sh', '-c', 'echo "job $SLURM_JOB_ID tty $(tty) gpus $CUDA_VISIBLE_DEVICES"; sleep 0.5']}],
		);
		const terminal = spawnPty({command: connection.command, args: connection.args, columns: 120, env: connection.env});
		await terminal.waitFor(new RegExp(`job ${target.id} tty /dev/pts/\\d+ gpus 0,1`));
		const metrics = await plugin.value<{memoryBytes?: number; uptimeMs?: number}>('provider.metrics', [target]);
		assert.ok((metrics.uptimeMs ?? 0) > 0, JSON.stringify(metrics));
		await act('destroy', target);
	});

	test('a script with its own lines is submitted by name from the command line', async () => {
		const file = join(directory, 'study.sh');
		writeFileSync(file, '#!/bin/bash\n#SBATCH --job-name=study\n#SBATCH --mem=60M\nsleep 300\n');
		const done = await plugin.value<{text: string; data: {id: string}}>('commands.submit', [
			{args: [file], flags: {partition: 'short', time: '3'}},
		]);
		assert.match(done.text, /^Submitted batch job \d+ to real$/);
		const {id} = done.data;
		assert.equal(await slurm('squeue', '--noheader', `--jobs=${id}`, '--format=%j|%P|%m|%l'), 'study|short|60M|3:00');
		const shown = await plugin.value<{text: string; data: {name: string}}>('commands.status', [{args: [id], flags: {}}]);
		assert.equal(shown.data.name, 'study');
		const answer = await plugin.value<{status: number; body: {status: string}}>('endpoints.jobStatus', [
			{method: 'GET', path: `/jobs/${id}`, params: {id}, query: {}},
		]);
		assert.equal(answer.status, 200);
		const posted = await plugin.value<{status: number; body: {id: string}}>('endpoints.submitJob', [
			{method: 'POST', path: '/jobs', params: {}, query: {}, body: {name: 'posted', script: '#!/bin/sh\nsleep 300', directory}},
		]);
		assert.equal(posted.status, 201);
		assert.match(await slurm('squeue', '--noheader', `--jobs=${posted.body.id}`, '--format=%j'), /^posted$/);
		await slurm('scancel', id, posted.body.id);
	});

	test('jobs with hostile names are rows that cannot harm the screen, and are cancelled like any other', async () => {
		const names = [
			'\u001B[2J\u001B[31mred-alert',
			'invoice-\u202Etxt.exe',
			'__proto__',
			'quote"\'`$(touch x);--all',
			`long-${'x'.repeat(300)}`,
			'解析 👩‍🔬',
		];
		const ids: string[] = [];
		for (const name of names) {
			ids.push(
				await slurm('sbatch', '--parsable', '--hold', `--job-name=${name}`, `--comment=${name}`, `--chdir=${directory}`, '--wrap=true'),
			);
		}

		const all = await until(
			async () => rows(),
			list => ids.every(id => list.some(row => row.id === id)),
		);
		for (const id of ids) {
			const row = all.find(row => row.id === id)!;
			assert.doesNotMatch(JSON.stringify(row), /\\u001b|\\u0007|\u202E/i);
			assert.equal(row.status, 'stopped');
			const target = {provider: 'slurm', type: 'job', id, name: row.name, account: row.account!};
			assert.equal(await act('destroy', target), 'deleted');
			assert.match(await state(id), /^CANCELLED/);
		}

		assert.ok(!existsSync(join(directory, 'x')), 'nothing of a name is run');
	});

	test('what the cluster refuses is told in its words', async () => {
		const refused = await plugin.call('provider.deploy', ['slurm', spec('never', 'true', {partition: 'nowhere'})]);
		assert.ok(!refused.ok && refused.error.code === 'CWS_INVALID_INPUT', JSON.stringify(refused));
		assert.match(refused.error.cause ?? '', /invalid partition/i);
		const never = await plugin.call('provider.deploy', ['slurm', spec('never', 'true', {array: '0-5000'})]);
		assert.ok(!never.ok && never.error.code === 'CWS_INVALID_INPUT', JSON.stringify(never));
		assert.match(never.error.cause ?? '', /job array/i);
	});
}
