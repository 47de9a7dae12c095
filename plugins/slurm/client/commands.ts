import {setTimeout as sleep} from 'node:timers/promises';
import {type World} from '../config.ts';
import {type ClusterPlace} from '../cluster/find-clusters.ts';
import {list} from '../read.ts';
import {errorsOf, releaseOf} from './answer.ts';
import {type JobAction, type Question, type SlurmClient} from './client.ts';
import {createEntryReader} from './entry-reader.ts';
import {parseShown} from './parse-shown.ts';
import {createRun, elsewhereOf, environmentOf, programOf, type Run} from './run.ts';
import {sbatchArguments} from './sbatch-arguments.ts';
import {trouble, unreadable} from './trouble.ts';

const deedMs = 45_000;

type Asked = {readonly question: Question; readonly take: (entry: unknown) => void; readonly signal: AbortSignal};

const doings: Readonly<Record<Question, string>> = {jobs: 'list its jobs', nodes: 'list its nodes', partitions: 'list its partitions'};

/** Slurm's own commands, with `--json` where they have it. */
export function createCommands(place: ClusterPlace, world: World): SlurmClient {
	const {name} = place;
	const program = programOf(place);
	const elsewhere = elsewhereOf(place);
	const environment = environmentOf(place);
	const run = createRun(place);
	let version: string | undefined;
	let hasShowJson: boolean | undefined;

	/** Whether the answer had such a list. */
	const json = async (command: string, args: readonly string[], {question, take, signal}: Asked): Promise<boolean> => {
		const reader = createEntryReader(question, take);
		await run(command, args, {doing: doings[question], signal, take: reader.push});
		const answer = reader.end();
		const errors = errorsOf(answer);
		if (errors !== '') {
			throw trouble(
				doings[question],
				errors.startsWith('Unspecified error') ? `Unable to contact slurm controller: ${errors}` : errors,
				name,
			);
		}

		version = releaseOf(answer) ?? version;
		return list(answer, question) !== undefined;
	};

	const shown = async (question: 'nodes' | 'partitions', take: Asked['take'], signal: AbortSignal): Promise<void> => {
		if (hasShowJson !== false) {
			try {
				hasShowJson = await json('scontrol', ['show', question, '--json'], {question, take, signal});
				if (hasShowJson) {
					return;
				}
			} catch (error) {
				if (hasShowJson === true || !/unrecognized option/.test(causeOf(error))) {
					throw error;
				}

				hasShowJson = false;
			}
		}

		parseShown(question, await run('scontrol', ['show', question, '-d', '-o'], {doing: doings[question], signal})).forEach(take);
	};

	return {
		describe: () => (version === undefined ? 'Slurm' : `Slurm ${version}`),
		user: () => world.user,
		async ask(question, take, signal) {
			if (question !== 'jobs') {
				await shown(question, take, signal);
			} else if (!(await json('squeue', ['--all', '--states=all', '--json'], {question, take, signal}))) {
				throw unreadable(name, question);
			}
		},
		async ping(signal) {
			const said = await run('scontrol', ['ping'], {doing: 'be reached', signal, timeoutMs: 8000});
			if (!/\bUP\b/.test(said)) {
				throw trouble('be reached', `Unable to contact slurm controller: ${said.trim().split('\n')[0] ?? ''}`, name);
			}
		},
		async submit(spec, comment, signal) {
			const said = await run('sbatch', sbatchArguments(spec, comment), {
				doing: `take \`${spec.name}\``,
				signal,
				input: spec.script,
				timeoutMs: deedMs,
				cwd: spec.directory,
			});
			const id = /^(\d+)(?:;[\w.-]+)?$/m.exec(said.trim())?.[1];
			if (id === undefined) {
				throw unreadable(name, 'job ids');
			}

			return id;
		},
		async act(action, job, signal) {
			const [command, ...args] = wordsOf(action);
			await run(command!, [...args, job], {doing: `${action} job ${job}`, signal, timeoutMs: deedMs});
			if (action === 'requeue' || action === 'release') {
				await startNow(run, job, signal);
			}
		},
		cannot: () => undefined,
		command: (command, args) => ({command: program(command), args: [...elsewhere, ...args], env: environment}),
		run: async (command, args, signal) => run(command, args, {doing: `run ${command}`, signal}),
	};
}

/**
A job that comes back into the queue waits there for two minutes, so that its nodes can be cleaned up. That time is set when its
last run is over, so only then it can be taken away.
*/
async function startNow(run: Run, job: string, signal: AbortSignal): Promise<void> {
	const options = {doing: `start job ${job}`, signal};
	for (const waitMs of [300, 700, 1500, 3000, 6000]) {
		await sleep(waitMs, undefined, {signal});
		try {
			const state = await run('squeue', ['--noheader', `--jobs=${job}`, '--states=all', '--format=%T'], options);
			if (state.trim() !== 'COMPLETING') {
				// A little later its nodes are through with the last run; started too soon it would fail.
				await run('scontrol', ['update', `JobId=${job}`, 'StartTime=now+3'], options);
				return;
			}
		} catch {
			// It starts two minutes later.
			signal.throwIfAborted();
			return;
		}
	}
}

const wordsOf = (action: JobAction): readonly string[] => (action === 'cancel' ? ['scancel', '--verbose'] : ['scontrol', action]);

function causeOf(error: unknown): string {
	const failure = (error as {failure?: {cause?: string}}).failure;
	return failure?.cause ?? '';
}
