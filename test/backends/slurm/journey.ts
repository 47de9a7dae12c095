import assert from 'node:assert/strict';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {type Pty} from '../../helpers/pty.ts';
import {fill, openDashboard, pressButton, rowOf, selectRow, tab, waitForRow} from '../../e2e/support/dashboard.ts';
import {until} from '../../e2e/support/processes.ts';
import {freshHome} from '../../e2e/support/start-cws.ts';
import {stepsOf} from '../../e2e/support/steps.ts';
import {type Backend} from '../lib/start-backend.ts';

/** A question to a slurmctld that is away takes Slurm's own commands long, and is asked less and less often. */
const patienceMs = 120_000;

/** Counts on, so that a log that is followed shows later lines than the ones that were there. */
const program = 'i=0; while :; do i=$((i+1)); echo "epoch $i on gpu $CUDA_VISIBLE_DEVICES"; sleep 0.5; done';

/** The dashboard in front of one cluster, whatever else this machine has. */
async function openOnCluster(t: TestContext, {env, directory}: Backend): Promise<{readonly pty: Pty; readonly jobs: string}> {
	const home = freshHome(t);
	// What was cancelled writes its last line a moment later: into a place that goes with the cluster.
	const jobs = path.join(directory, 'jobs');
	mkdirSync(jobs, {recursive: true});
	mkdirSync(path.join(home, 'config'), {recursive: true});
	const settings = ['undoSeconds = 1', '[plugins]', 'disabled = ["docker", "aws", "ssh"]', '[plugins.slurm]', 'querySeconds = 1'];
	writeFileSync(path.join(home, 'config/config.toml'), `${settings.join('\n')}\n`);
	const pty = await openDashboard(t, {
		home,
		cwd: jobs,
		env: {PATH: process.env['PATH'] ?? '', HOME: home, SLURM_CONF: env['SLURM_CONF']!},
	});
	return {pty, jobs};
}

/** slurmctld is killed while somebody looks: the rows stay with their age and the reason, and everything comes back by itself. */
export async function crashJourney(t: TestContext, backend: Backend): Promise<void> {
	const step = stepsOf(t);
	const slurm = async (command: string, ...args: readonly string[]) => backend.run(command, ...args);
	const {pty, jobs} = await openOnCluster(t, backend);
	const submit = async (name: string) => slurm('sbatch', '--parsable', `--job-name=${name}`, `--chdir=${jobs}`, '--wrap=sleep 600');

	await step('what runs is shown', async () => {
		await submit('survivor');
		await until(async () => (await slurm('squeue', '--noheader', '--name=survivor', '--format=%T')) === 'RUNNING', 'the job to run');
		// It writes down what it has taken every five seconds; a kill before that is a job that never was.
		const written = path.join(path.dirname(backend.env['SLURM_CONF']!), 'state/job_state');
		await until(() => readFileSync(written, 'latin1').includes('survivor'), 'it to be written down');
		await pty.press('R');
		await waitForRow(pty, 'survivor', '● running');
	});

	await step('after a kill the row stays, older than the others, and the reason is told', async () => {
		backend.kill('slurmctld');
		await pty.press('R');
		await pty.waitFor(/▲ /, {timeoutMs: patienceMs});
		assert.notEqual(rowOf(pty, 'survivor'), '');
		assert.equal(await slurm('scontrol', 'ping').catch(() => 'away'), 'away');
	});

	await step('when it is back everything is live again, and a job submitted elsewhere is shown', async () => {
		await backend.up();
		const id = await submit('newcomer');
		await until(async () => (await slurm('squeue', '--noheader', `--jobs=${id}`, '--format=%T')) === 'RUNNING', 'the new job to run');
		await pty.press('R');
		await waitForRow(pty, 'newcomer', '● running');
		await waitForRow(pty, 'survivor', '● running');
		await pty.waitGone(/▲ /, {timeoutMs: patienceMs});
		await slurm('scancel', '--name=newcomer');
		await slurm('scancel', '--name=survivor');
	});
}

/** A job's whole life by keyboard in the built program, with Slurm's own commands agreeing at each step. */
export async function journey(t: TestContext, backend: Backend): Promise<void> {
	const step = stepsOf(t);
	const slurm = async (command: string, ...args: readonly string[]) => backend.run(command, ...args);
	const {pty, jobs} = await openOnCluster(t, backend);
	let id = '';
	const queue = async (format: string) => slurm('squeue', '--noheader', '--states=all', '--name=train-1', `--format=${format}`);
	const job = async (field: string) =>
		new RegExp(`(?:^|\\s)${field}=(\\S*)`).exec(await slurm('scontrol', 'show', 'job', id, '--oneliner'))?.[1] ?? '';
	const squeueSays = async (state: string | RegExp) => {
		await until(async () => new RegExp(state).test(await queue('%T %r')), `squeue to say ${state}`);
	};

	const act = async (key: string) => {
		await selectRow(pty, 'train-1');
		await pty.press('a');
		await pty.waitFor(/─ Actions ─[^]*train-1 {2}job on slurm/);
		await pty.press(key);
	};

	await step('the nodes and partitions of the cluster are shown', async () => {
		for (const name of ['n1', 'n2', 'main', 'short']) {
			await waitForRow(pty, name, '● running');
		}
	});

	await step('the form makes a plan and then a job, which waits while the cluster is full', async () => {
		const blocker = await slurm(
			'sbatch',
			'--parsable',
			'--nodes=2',
			'--exclusive',
			'--job-name=blocker',
			`--chdir=${jobs}`,
			'--wrap=sleep 600',
		);
		await until(
			async () => (await slurm('squeue', '--noheader', `--jobs=${blocker}`, '--format=%T')) === 'RUNNING',
			'the cluster to be full',
		);
		await openFormOf(pty, 'slurm/job');
		await fill(pty, 'train-1');
		await tab(pty, 3);
		await fill(pty, program);
		await tab(pty, 7);
		await fill(pty, 'a100:1');
		await pressButton(pty, 'Plan');
		await pty.waitFor('cws deploy job train-1');
		assert.equal(await queue('%i'), '', 'a plan submits nothing');
		await pressButton(pty, 'Deploy');
		await pty.waitUntil(() => rowOf(pty, 'train-1').includes(' pending '), 'the row to say that it waits');
		id = await queue('%i');
		assert.match(id, /^\d+$/, 'one job, and it is the only one of its name');
		assert.match(await queue('%T %r'), /^PENDING (Resources|Priority|None)$/);
		await selectRow(pty, 'train-1');
		await pty.press('d');
		await pty.waitFor(/waits for free processors|others with a higher priority/);
		await pty.press('q');
		await pty.waitFor('2 Resources');
		await slurm('scancel', blocker);
	});

	await step('it is seen to start when there is room', async () => {
		await squeueSays('^RUNNING');
		await pty.press('R');
		await waitForRow(pty, 'train-1', '● running');
		assert.equal(await queue('%T %i %b'), `RUNNING ${id} gres:gpu:a100:1`);
	});

	await step('its output is followed live', async () => {
		await selectRow(pty, 'train-1');
		await pty.press('l');
		await pty.waitFor(/epoch \d+ on gpu [01]/);
		const last = () => Math.max(...[...pty.text().matchAll(/epoch (\d+) on gpu/g)].map(match => Number(match[1])));
		const seen = last();
		await pty.waitUntil(() => last() >= seen + 3, 'the lines that came since');
		assert.equal(await job('JobState'), 'RUNNING');
		await pty.press('q');
		await pty.waitFor('2 Resources');
	});

	await step('a shell in the job has its GPU and the size of the terminal, and gives it back', async () => {
		await selectRow(pty, 'train-1');
		await pty.press('s');
		await pty.waitGone('2 Resources');
		await pty.waitFor(/[#$] ?$/);
		await pty.type('stty size; echo "in $SLURM_JOB_ID with $CUDA_VISIBLE_DEVICES"');
		await pty.press('enter');
		await pty.waitFor(new RegExp(`36 120[^]*in ${id} with [01]`));
		assert.match(await slurm('squeue', '--noheader', '--steps', `--jobs=${id}`, '--format=%i %j'), new RegExp(`^${id}\\.\\d+ sh$`, 'm'));
		await pty.type('exit');
		await pty.press('enter');
		await pty.waitFor('2 Resources');
	});

	await step('it is suspended and goes on', async () => {
		await act('h');
		await waitForRow(pty, 'train-1', '◑ hiberna');
		assert.equal(await job('JobState'), 'SUSPENDED');
		await act('h');
		await waitForRow(pty, 'train-1', '● running');
		assert.equal(await job('JobState'), 'RUNNING');
	});

	await step('what somebody does to it elsewhere shows here', async () => {
		await slurm('scontrol', 'suspend', id);
		await pty.press('R');
		await waitForRow(pty, 'train-1', '◑ hiberna');
		await slurm('scontrol', 'resume', id);
		await pty.press('R');
		await waitForRow(pty, 'train-1', '● running');
	});

	await step('it goes back into the queue and runs again', async () => {
		assert.equal(await job('Restarts'), '0');
		await act('r');
		await squeueSays('^PENDING|^RUNNING');
		await until(async () => (await job('Restarts')) === '1' && (await job('JobState')) === 'RUNNING', 'its second run');
		await waitForRow(pty, 'train-1', '● running');
		assert.equal(await queue('%i'), id, 'it is the same job');
	});

	await step('it is held in the queue and released', async () => {
		await act('x');
		await waitForRow(pty, 'train-1', '○ stopped');
		await squeueSays('^PENDING (JobHeldUser|job requeued in held state)$');
		await act('s');
		await squeueSays('^RUNNING');
		await waitForRow(pty, 'train-1', '● running');
	});

	await step('cancelling takes it', async () => {
		await selectRow(pty, 'train-1');
		await pty.press('D');
		await pty.waitFor('Type the name to confirm');
		await pty.type('train-1');
		await pty.waitFor('Enter presses the focused button');
		await pressButton(pty, 'Destroy');
		await pty.waitUntil(() => rowOf(pty, 'train-1') === '', 'the row to go');
		await squeueSays('^CANCELLED');
		assert.equal(await job('JobState'), 'CANCELLED');
		// What was cancelled is told by slurmctld alone: there is no slurmdbd here, and the plugin asks none.
		await assert.rejects(slurm('sacct', `--jobs=${id}`), /accounting storage is disabled/i);
	});
}

async function openFormOf(pty: Pty, type: string): Promise<void> {
	await pty.press('n');
	await pty.waitFor(type);
	await pty.type(type);
	await pty.waitFor(new RegExp(`❯ ${type} +│[^●]+● ${type} [^●]+ Cancel `));
	await pty.press('enter');
	await pty.waitFor('Name  ');
}
