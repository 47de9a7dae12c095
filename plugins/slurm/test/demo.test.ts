import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type CallContext, type LogLine, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {type SlurmConfig} from '../config.ts';
import {checkHealth} from '../health.ts';
import {createProvider} from '../provider.ts';
import {createState} from '../state.ts';

const config: SlurmConfig = {
	discover: true,
	demo: true,
	jobs: 'mine',
	clusters: {real: {bin: '/nowhere'}},
	currency: 'USD',
	querySeconds: 5,
	slowMs: 3000,
};
const call = (): CallContext => ({signal: new AbortController().signal, progress: () => undefined});

/** The demo at a time of its own, without anything of this machine. */
function demoAt() {
	const clock = {now: Date.UTC(2026, 0, 15)};
	const state = createState(config, {env: {}, user: 'nobody', cwd: '/tmp', now: () => clock.now});
	const provider = createProvider(() => state);
	const rows = async (type = 'job'): Promise<readonly ProviderResource[]> => {
		const found: ProviderResource[] = [];
		for await (const {resources} of provider.list({provider: 'slurm', type}, call())) {
			found.push(...resources);
		}

		return found;
	};

	const named = async (name: string): Promise<ProviderResource> => {
		for (const cluster of state.clusters) {
			cluster.reader.changed();
		}

		const row = (await rows()).find(row => row.name === name);
		assert.ok(row, `a row ${name}`);
		return row;
	};

	return {clock, state, provider, rows, named};
}

const targetOf = ({type, id, name, account}: ProviderResource): ResourceTarget => ({provider: 'slurm', type, id, name, account: account!});

suite('the recorded clusters', () => {
	test('have jobs in every state with why they wait, an array, GPUs, nodes and partitions, and nothing of this machine', async () => {
		const demo = demoAt();
		const jobs = await demo.rows();
		const of = (rows: readonly ProviderResource[], value: (row: ProviderResource) => string | undefined) =>
			[...new Set(rows.map(row => value(row) ?? ''))].toSorted();
		assert.deepEqual(
			of(jobs, ({account}) => account),
			['alpha', 'beta'],
		);
		assert.deepEqual(
			of(jobs, ({status}) => status),
			['creating', 'failed', 'hibernated', 'pending', 'running', 'stopped'],
		);
		for (const words of [
			/higher priority/,
			/free processors/,
			/array/,
			/depends on/,
			/start time/,
			/GPUs/,
			/held/,
			/is down/,
			/time limit/,
			/exit code 2/,
			/memory/,
		]) {
			assert.ok(
				jobs.some(({statusReason}) => words.test(statusReason ?? '')),
				`${words}`,
			);
		}

		assert.ok(
			jobs.every(({statusReason}) => !/^[A-Z]\w+$/.test(statusReason ?? '')),
			'each reason is in words',
		);
		assert.deepEqual(
			jobs.filter(({name}) => name.startsWith('sweep[')).map(({name}) => name),
			['sweep[0]', 'sweep[1]', 'sweep[2]', 'sweep[3]', 'sweep[4-31%4]'],
		);
		assert.deepEqual(
			of(jobs, ({cost}) => cost?.confidence),
			['estimated', 'exact', 'unknown'],
		);
		assert.deepEqual(
			of(
				jobs.filter(({status}) => status === 'pending'),
				({cost}) => cost?.hourly.kind,
			),
			['free'],
			'what waits costs nothing',
		);
		const nodes = await demo.rows('node');
		assert.deepEqual(
			of(nodes, ({status}) => status),
			['failed', 'running', 'stopped', 'stopping'],
		);
		const g01 = nodes.find(({name}) => name === 'g01')!;
		assert.deepEqual([g01.size, g01.meta?.['gpusInJobs'], g01.meta?.['cpusInJobs']], ['32 cpu 512 GB 4 gpu', 2, 16]);
		for (const {name, meta} of nodes) {
			assert.ok(
				Number(meta?.['cpusInJobs']) <= Number(meta?.['cpus']) && Number(meta?.['memoryMbInJobs']) <= Number(meta?.['memoryMb']),
				`${name} has more in jobs than it has`,
			);
		}

		assert.deepEqual(
			of(await demo.rows('partition'), ({rawStatus}) => rawStatus),
			['down', 'drain', 'up'],
		);
		const health = await checkHealth(demo.state, call().signal);
		assert.equal(health.status, 'pass', JSON.stringify(health));
	});

	test('are the same at the same moment', async () => {
		assert.deepEqual(await demoAt().rows(), await demoAt().rows());
		assert.deepEqual(await demoAt().rows('node'), await demoAt().rows('node'));
	});

	test('take a job, start it, and let it be suspended, requeued, held and cancelled', async () => {
		const {provider, clock, named, rows} = demoAt();
		const {id} = await provider.deploy!(
			'slurm',
			{type: 'job', name: 'mine', fields: {command: 'true', gpus: '1', partition: 'gpu'}, token: 't'},
			call(),
		);
		assert.equal((await named('mine')).status, 'pending');
		clock.now += 5000;
		const running = await named('mine');
		assert.deepEqual([running.status, running.id, running.meta?.['nodes'], running.size], ['running', id, 'g03', '1 cpu 2 GB 1 gpu']);
		const target = targetOf(running);
		await provider.hibernate!(target, call());
		assert.equal((await named('mine')).status, 'hibernated');
		await provider.resume!(target, call());
		await provider.restart!(target, call());
		assert.equal((await named('mine')).status, 'pending');
		await provider.stop!(target, call());
		assert.equal((await named('mine')).status, 'stopped');
		clock.now += 60_000;
		assert.equal((await named('mine')).status, 'stopped', 'what is held does not start');
		await provider.destroy!(target, call());
		assert.ok((await rows()).every(({name}) => name !== 'mine'));
	});

	test('have output and figures that are always the same, and no terminal', async () => {
		const {provider, named} = demoAt();
		const target = targetOf(await named('fold-17'));
		const lines = async () => {
			const found: LogLine[] = [];
			for await (const page of provider.logs!(target, {follow: false, tail: 3}, call())) {
				found.push(...page);
			}

			return found;
		};

		assert.equal((await lines()).length, 3);
		assert.deepEqual(await lines(), await lines());
		assert.match((await lines())[0]!.text, /^epoch \d+ step \d+: loss \d\.\d{4}$/);
		const {memoryBytes = 0, memoryTotalBytes = 0} = await provider.metrics!(target, call());
		assert.ok(memoryBytes > 0 && memoryBytes < memoryTotalBytes);
		await assert.rejects(async () => provider.connect!(target, {}, call()), /CWS_NOT_SUPPORTED|no way into/);
		assert.match((await named('fold-17')).disabled?.connect ?? '', /demo/);
	});
});
