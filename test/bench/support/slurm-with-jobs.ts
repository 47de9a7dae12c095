import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {startBackend} from '../../backends/lib/start-backend.ts';

/** A Slurm of the bench's own on loopback, with jobs that wait and never run. */
export type SlurmWithJobs = {
	readonly count: number;
	/** What its commands need to find it, for example `SLURM_CONF`; to be laid over the environment. */
	readonly env: Readonly<Record<string, string>>;
	/** Runs one of its commands and gives what it printed. */
	readonly run: (program: string, ...args: readonly string[]) => Promise<string>;
	/** Changes every job at once: each gets another name. None of them begins to wait, which a screen would show as a glyph that turns. */
	readonly changeAll: () => Promise<void>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** `MaxArraySize` of a Slurm nobody configured. */
const largestArray = 1000;

/**
Starts it and fills its queue, in about five seconds for 2,000 jobs. Every job is one of its own for slurmctld and a line of its own in `squeue`.

@returns The reason when Slurm is not installed.
*/
export async function startSlurmWithJobs(count = 2000): Promise<SlurmWithJobs | {readonly skip: string}> {
	const backend = await startBackend('slurm');
	if ('skip' in backend) {
		return backend;
	}

	const {run, env, directory} = backend;
	try {
		// Where nothing may start, jobs cost nothing.
		await run('scontrol', 'update', 'PartitionName=main', 'State=DOWN');
		const arrays: string[] = [];
		const updates: string[] = [];
		for (let left = count; left > 0; left -= largestArray) {
			const tasks = Math.min(left, largestArray);
			const id = await run(
				'sbatch',
				'--parsable',
				'--hold',
				`--array=0-${tasks - 1}`,
				'--job-name=bench-0',
				`--chdir=${directory}`,
				'--wrap=true',
			);
			arrays.push(id);
			updates.push(...Array.from({length: tasks}, (_, task) => `update JobId=${id}_${task} Comment=task-${task}\n`));
		}

		// Tasks of an array become jobs of their own as soon as one is changed.
		const file = path.join(directory, 'updates');
		writeFileSync(file, updates.join(''));
		await run('sh', '-c', `scontrol < '${file}' > /dev/null`);
		const found = (await run('squeue', '--noheader', '--format=%i')).split('\n').length;
		if (found !== count) {
			throw new Error(`of ${count} jobs squeue lists ${found}`);
		}

		let changes = 0;
		return {
			count,
			env,
			run,
			async changeAll() {
				changes++;
				for (const id of arrays) {
					await run('scontrol', 'update', `JobId=${id}`, `JobName=bench-${changes}`);
				}
			},
			[Symbol.asyncDispose]: backend[Symbol.asyncDispose],
		};
	} catch (error) {
		await backend[Symbol.asyncDispose]();
		throw error;
	}
}
