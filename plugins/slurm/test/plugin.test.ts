import assert from 'node:assert/strict';
import {createServer, type RequestListener} from 'node:http';
import {type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {suite, test} from 'node:test';
import {type OperationResult} from '../../../source/core/operation.ts';
import {type ProviderResource} from '../../../source/core/resource.ts';
import {startPlugin} from '../../../test/plugins/plugin-under-test.ts';
import {fakeJob, startFakeSlurm} from './fake-slurm.ts';

const bin = join(tmpdir(), `cws-slurm-unit-${process.pid}`);
const options = {discover: false, querySeconds: 1, clusters: {lab: {bin}}};
const spec = {type: 'job', name: 'train', fields: {command: 'true'}, token: 't'};

async function underTest(more: object = {}) {
	const slurm = await startFakeSlurm(bin);
	const plugin = await startPlugin('slurm', {...options, ...more});
	return {
		slurm,
		plugin,
		rows: async () => (await plugin.list('slurm', 'job')).flatMap(({resources}) => resources),
		async [Symbol.asyncDispose]() {
			await plugin[Symbol.asyncDispose]();
			await slurm[Symbol.asyncDispose]();
		},
	};
}

suite('the plugin slurm behind the real host', {concurrency: false}, () => {
	test('is quiet and well on a machine without Slurm', async () => {
		await using plugin = await startPlugin('slurm', {discover: false});
		const health = await plugin.host.checkHealth('slurm');
		assert.ok(health.ok && health.value.status === 'pass', JSON.stringify(health));
		for (const type of ['job', 'node', 'partition']) {
			assert.deepEqual(await plugin.list('slurm', type), []);
		}

		const refused = await plugin.call('provider.deploy', ['slurm', spec]);
		assert.ok(!refused.ok && refused.error.code === 'CWS_PROVIDER_UNAVAILABLE');
		assert.match(refused.error.fix ?? '', /plugins\.slurm\.clusters/);
	});

	test('an answer with nothing but an error is a cluster that is away, not one without jobs', async () => {
		await using under = await underTest();
		under.slurm.intercept = program =>
			program === 'squeue'
				? {stdout: JSON.stringify({errors: [{error: 'Unspecified error', description: 'Failed while looking for jobs'}], jobs: []})}
				: undefined;
		await assert.rejects(under.rows(), /CWS_PROVIDER_UNAVAILABLE/);
	});

	test('answers that lie, break off or are of another kind are told as that', async () => {
		for (const stdout of ['', 'not json', '{"jobs": [', '{}', '[]', 'null', '{"jobs": {"a": 1}}']) {
			await using under = await underTest();
			under.slurm.intercept = program => (program === 'squeue' ? {stdout} : undefined);
			await assert.rejects(under.rows(), /no list of jobs/, stdout);
		}
	});

	test('malformed entries are skipped and counted, and hostile names stay texts', async () => {
		await using under = await underTest();
		under.slurm.jobs.push(
			fakeJob(1, {name: '\u001B[2Jevil\r\n', comment: 'cws:x __proto__=1&a=b'}),
			{nonsense: true},
			7,
			fakeJob(2, {name: ''}),
		);
		const pages = await under.plugin.list('slurm', 'job');
		assert.equal(pages[0]?.skipped, 2);
		const rows = pages.flatMap(({resources}) => resources);
		assert.deepEqual(
			rows.map(({id, name}) => [id, name.includes('\u001B')]),
			[
				['1', false],
				['2', false],
			],
		);
		assert.deepEqual(rows[0]?.tags, {a: 'b'});
	});

	test('jobs of others are shown when asked for, and are theirs', async () => {
		await using under = await underTest({jobs: 'all'});
		under.slurm.jobs.push(fakeJob(1, {user_name: 'somebody-else'}));
		const [row] = await under.rows();
		assert.equal(row?.owner, 'somebody-else');
	});

	test('an answer that got lost is looked for by its request, and nothing is submitted twice', async () => {
		await using under = await underTest();
		under.slurm.intercept = (program, args) => {
			if (program !== 'sbatch') {
				return undefined;
			}

			under.slurm.jobs.push(fakeJob(500, {name: 'train', comment: args.find(arg => arg.startsWith('--comment='))?.slice(10)}));
			return {stderr: 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation\n', code: 1};
		};
		const done = await under.plugin.value<OperationResult>('provider.deploy', ['slurm', spec]);
		assert.equal(done.id, '500');
		const again = await under.plugin.value<OperationResult>('provider.deploy', ['slurm', spec]);
		assert.equal(again.id, '500');
		assert.equal(under.slurm.asked.filter(line => line.startsWith('sbatch')).length, 1);
	});

	test('a refused job that slurmctld keeps as failed is no success', async () => {
		await using under = await underTest();
		under.slurm.intercept = (program, args) => {
			if (program !== 'sbatch') {
				return undefined;
			}

			const comment = args.find(arg => arg.startsWith('--comment='))?.slice(10);
			under.slurm.jobs.push(fakeJob(501, {name: 'train', comment, job_state: 'FAILED', state_reason: 'BadConstraints', nodes: ''}));
			return {stderr: 'sbatch: error: Batch job submission failed: Requested node configuration is not available\n', code: 1};
		};
		const refused = await under.plugin.call('provider.deploy', ['slurm', spec]);
		assert.ok(!refused.ok && refused.error.code === 'CWS_INVALID_INPUT', JSON.stringify(refused));
	});

	test('of two that submitted the same request the first stays', async () => {
		await using under = await underTest();
		under.slurm.intercept = program => {
			if (program === 'sbatch') {
				under.slurm.jobs.push(fakeJob(50, {name: 'train', comment: 'cws:t'}), fakeJob(51, {name: 'train', comment: 'cws:t'}));
				return {stdout: '51\n'};
			}

			return undefined;
		};
		const done = await under.plugin.value<OperationResult>('provider.deploy', ['slurm', spec]);
		assert.equal(done.id, '50');
		assert.deepEqual(
			under.slurm.asked.filter(line => line.startsWith('scancel')),
			['scancel --verbose 51'],
		);
	});

	test('slow is a warning with its time', async () => {
		await using under = await underTest({slowMs: 1});
		const health = await under.plugin.host.checkHealth('slurm');
		assert.ok(health.ok && health.value.status === 'warn', JSON.stringify(health));
		assert.match(health.value.output ?? '', /lab: .*slow: \d/);
	});

	test('a server that speaks nothing, garbage or another shape of its API is told, or read', async () => {
		const directory = mkdtempSync(join(tmpdir(), 'cws-rest-'));
		const tokenFile = join(directory, 'token');
		writeFileSync(tokenFile, 'a.b.c');
		const rest = async (answer: RequestListener, check: (list: () => Promise<readonly ProviderResource[]>) => Promise<void>) => {
			const server = createServer(answer);
			await new Promise<void>(resolve => {
				server.listen(0, '127.0.0.1', resolve);
			});
			const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
			await using plugin = await startPlugin('slurm', {discover: false, jobs: 'all', clusters: {rest: {url, tokenFile}}});
			await check(async () => (await plugin.list('slurm', 'job')).flatMap(({resources}) => resources));
			server.closeAllConnections();
			server.close();
		};

		await rest(
			(_request, response) => response.end('<html>'),
			async list => assert.rejects(list(), /no list of jobs/),
		);
		await rest(
			(request, response) => {
				const isKnown = request.url?.startsWith('/slurm/v0.0.40/') === true;
				response.statusCode = isKnown ? 200 : 404;
				const job = {...fakeJob(9), job_state: ['PENDING'], state_reason: 'Priority', user_name: 'ada'};
				response.end(
					JSON.stringify(
						request.url?.endsWith('/ping') ? {pings: [{responding: true}], errors: []} : {jobs: [job], errors: [], warnings: []},
					),
				);
			},
			async list => {
				const [row] = await list();
				assert.deepEqual([row?.id, row?.status, row?.rawStatus, row?.account], ['9', 'pending', 'PENDING Priority', 'rest']);
			},
		);
		await rest(
			(_request, response) => {
				response.statusCode = 401;
				response.end('Authentication failure');
			},
			async list => assert.rejects(list(), /CWS_NEEDS_LOGIN/),
		);
		rmSync(directory, {recursive: true});
	});
});
