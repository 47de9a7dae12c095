import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';
import {type OperationResult} from '../../../source/core/operation.ts';
import {startPlugin} from '../../plugins/plugin-under-test.ts';
import {until} from '../../e2e/support/processes.ts';
import {until as becomes} from '../lib/until.ts';
import {account, slurmOptions, type SlurmHarness} from './harness.ts';

/** Three times what Slurm itself takes on a machine with nothing else to do. */
const patienceMs = 180_000;

export function crashTests({backend, plugin, slurm, spec, rows, directory, deploy, get, act}: SlurmHarness) {
	test('slurmctld killed in the middle is told, comes back by itself, and nothing is submitted twice', async () => {
		const {id} = await plugin.value<OperationResult>('provider.deploy', ['slurm', spec('survivor', 'sleep 300')]);
		// It writes down what it has taken every five seconds; a kill before that is a job that never was.
		await sleep(6000);
		backend.kill('slurmctld');
		const before = Date.now();
		const refused = await plugin.call('provider.deploy', ['slurm', spec('once', 'sleep 300')]);
		assert.ok(!refused.ok && refused.error.code === 'CWS_PROVIDER_UNAVAILABLE', JSON.stringify(refused));
		assert.match(refused.error.cause ?? '', /contact slurm controller/i);
		assert.ok(refused.error.retryable === true && Date.now() - before < 60_000);
		const health = await plugin.host.checkHealth('slurm');
		assert.ok(health.ok && health.value.status === 'fail', JSON.stringify(health));

		await backend.up();
		await becomes(
			async () => plugin.call('provider.get', [{provider: 'slurm', type: 'job', id, name: 'survivor', account}]),
			answer => answer.ok && (answer.value as {status?: string} | null)?.status === 'running',
		);
		const twice = await Promise.all(
			[0, 1].map(async () => plugin.call<OperationResult>('provider.deploy', ['slurm', spec('once', 'sleep 300')])),
		);
		assert.ok(
			twice.some(({ok}) => ok),
			JSON.stringify(twice),
		);
		const third = await plugin.value<OperationResult>('provider.deploy', ['slurm', spec('once', 'sleep 300')]);
		assert.equal(await slurm('squeue', '--noheader', '--name=once', '--format=%i'), third.id);
		assert.ok((await rows()).some(({name}) => name === 'survivor'));
		await slurm('scancel', id!, third.id!);
	});

	test('a slurmd killed under a job: its node is told, the job runs on the other one, and the node comes back by itself', async () => {
		const conf = backend.env['SLURM_CONF']!;
		const text = readFileSync(conf, 'utf8');
		try {
			// Five minutes otherwise.
			writeFileSync(conf, `${text}SlurmdTimeout=10\n`);
			await slurm('scontrol', 'reconfigure');
			const target = await deploy('moves-on', 'sleep 300', {gpus: '2'});
			const place = async () => {
				const row = await get(target);
				return row?.status === 'running' ? String(row.meta?.['nodes']) : '';
			};

			await until(async () => (await place()) !== '', 'the job to run');
			const first = await place();
			backend.kill(`slurmd-${first}`);
			const node = async () => (await rows('node')).find(({name}) => name === first);
			await until(async () => (await node())?.status === 'failed', 'the node to be told as failed', patienceMs);
			await until(async () => /down/.test((await node())?.rawStatus ?? ''), 'Slurm to take it down', patienceMs);
			assert.match(await slurm('sinfo', '--noheader', `--nodes=${first}`, '--format=%T'), /^down/);
			const isElsewhere = async () => ((await place()) || first) !== first;
			// Slurm lets a job that was put back wait for two minutes.
			await slurm('scontrol', 'update', `JobId=${target.id}`, 'StartTime=now').catch(() => undefined);
			await until(isElsewhere, 'the job to run on the other node', patienceMs);
			assert.equal(await slurm('squeue', '--noheader', `--jobs=${target.id}`, '--format=%T %N'), `RUNNING ${await place()}`);
			await backend.up();
			await until(async () => (await node())?.status === 'running', 'the node to come back', patienceMs);
			await act('destroy', target);
		} finally {
			writeFileSync(conf, text);
			await backend.up();
			await slurm('scontrol', 'reconfigure');
		}
	});

	test('however often it is asked, slurmctld is asked a few times at first and then once in five seconds', async () => {
		await using other = await startPlugin('slurm', {...slurmOptions(backend), querySeconds: 5});
		const questions = async () => Number(/REQUEST_JOB_INFO\s.*count:(\d+)/.exec(await slurm('sdiag'))?.[1] ?? 0);
		const before = await questions();
		const end = Date.now() + 6000;
		let lists = 0;
		while (Date.now() < end) {
			await other.list('slurm', 'job');
			lists++;
		}

		const asked = (await questions()) - before;
		assert.ok(lists > 50, `${lists} lists`);
		assert.ok(asked >= 2 && asked <= 5, `${asked} questions for ${lists} lists`);
	});

	const heldArray = async () => slurm('sbatch', '--parsable', '--hold', '--array=0-999', `--chdir=${directory}`, '--wrap=true');

	test('two thousand jobs are listed whole', async context => {
		const arrays = [await heldArray(), await heldArray()];
		// Tasks of an array become jobs of their own as soon as one is changed; another priority would let them run.
		const file = join(directory, 'updates');
		writeFileSync(
			file,
			arrays.flatMap(id => Array.from({length: 1000}, (_, task) => `update JobId=${id}_${task} Comment=${task}\n`)).join(''),
		);
		await slurm('sh', '-c', `scontrol < ${file} > /dev/null`);
		await using other = await startPlugin('slurm', slurmOptions(backend));
		const begin = performance.now();
		await slurm('squeue', '--json');
		const theirs = performance.now() - begin;
		const start = performance.now();
		const found = (await other.list('slurm', 'job')).flatMap(({resources}) => resources).filter(({name}) => name.startsWith('wrap['));
		const ours = performance.now() - start;
		context.diagnostic(`${found.length} jobs: squeue --json ${theirs.toFixed(0)} ms, the plugin ${ours.toFixed(0)} ms, its first list`);
		assert.equal(found.length, 2000);
		assert.equal(new Set(found.map(({id}) => id)).size, 2000);
		await slurm('scancel', ...arrays);
	});
}
