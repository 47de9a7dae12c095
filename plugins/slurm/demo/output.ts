import {setTimeout as sleep} from 'node:timers/promises';
import {type LogLine, type LogOptions} from 'cws/sdk';
import {type Job} from '../job/job.ts';

const lineMs = 2000;
const stepsOfEpoch = 20;

/** What a job of the demo would have written: the same lines for the same job, and one more every two seconds while it runs. */
export async function* demoOutput(
	job: Job,
	{follow, tail}: LogOptions,
	{now, isRunning, signal}: {readonly now: () => number; readonly isRunning: () => boolean; readonly signal: AbortSignal},
): AsyncGenerator<readonly LogLine[]> {
	const begin = job.startedAt;
	if (begin === undefined) {
		return;
	}

	const count = () => Math.max(1, Math.floor((now() - begin) / lineMs));
	const ended = job.hasEnded ? 40 : undefined;
	let written = ended ?? count();
	yield [...linesOf(job, Math.max(0, written - tail), written), ...(ended === undefined ? [] : lastWords(job))];
	if (!follow || ended !== undefined) {
		return;
	}

	while (isRunning()) {
		await sleep(lineMs / 4, undefined, {signal});
		const next = count();
		if (next > written) {
			yield linesOf(job, written, next);
			written = next;
		}
	}
}

const linesOf = (job: Job, from: number, to: number): readonly LogLine[] =>
	Array.from({length: to - from}, (_, index) => ({stream: 'stdout', text: lineOf(job, from + index)}));

function lineOf({jobId, name, nodes = '', tres}: Job, index: number): string {
	if (index === 0) {
		return `${name}: job ${jobId} on ${nodes}, ${tres.cpus ?? 1} cores${tres.gpus === undefined ? '' : `, ${tres.gpus} GPUs`}`;
	}

	const loss = 0.3 + 2.1 * Math.exp(-index / 2000) + ((jobId * 31 + index * 17) % 97) / 4000;
	return `epoch ${Math.floor(index / stepsOfEpoch)} step ${(index % stepsOfEpoch) * 50}: loss ${loss.toFixed(4)}`;
}

function lastWords({states, exitCode}: Job): readonly LogLine[] {
	const words: Readonly<Record<string, string>> = {
		FAILED: `error: cannot read part-0007.log: permission denied (exit ${exitCode ?? 1})`,
		OUT_OF_MEMORY: 'slurmstepd: error: Detected 1 oom_kill event. Some of the step tasks have been OOM Killed.',
		TIMEOUT: 'slurmstepd: error: *** JOB CANCELLED DUE TO TIME LIMIT ***',
	};
	const state = states[0] ?? '';
	return Object.hasOwn(words, state) ? [{stream: 'stderr', text: words[state]!}] : [{stream: 'stdout', text: 'done'}];
}
