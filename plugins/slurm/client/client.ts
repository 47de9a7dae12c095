import {type LogLine, type LogOptions} from 'cws/sdk';
import {type Job} from '../job/job.ts';
import {type JobSpec} from '../job/job-spec.ts';

/** What can be asked of slurmctld; each is one query for all. */
export type Question = 'jobs' | 'nodes' | 'partitions';

export const actions = ['cancel', 'suspend', 'resume', 'requeue', 'requeuehold', 'hold', 'release'] as const;

export type JobAction = (typeof actions)[number];

/** One way to a cluster: its commands, or slurmrestd. Every failure is a `FailureError`. */
export type SlurmClient = {
	/** As health tells it: `squeue 22.05.8`, `slurmrestd v0.0.38`. */
	readonly describe: () => string;
	/** Gives the entries as they come, not looked at yet; they count only once it has ended well. */
	readonly ask: (question: Question, take: (entry: unknown) => void, signal: AbortSignal) => Promise<void>;
	/** Whether slurmctld answers; throws when it does not. */
	readonly ping: (signal: AbortSignal) => Promise<void>;
	/** Gives the id of the job. */
	readonly submit: (spec: JobSpec, comment: string, signal: AbortSignal) => Promise<string>;
	/** `job` is an id as Slurm writes it: `12`, `12_3`, `12_[4-9]`. */
	readonly act: (action: JobAction, job: string, signal: AbortSignal) => Promise<void>;
	/** Why an action cannot be done this way; undefined when it can. */
	readonly cannot: (action: JobAction) => string | undefined;
	/** The command line of a program of Slurm here, for what runs on the person's terminal. */
	readonly command?: (
		program: string,
		args: readonly string[],
	) => {
		readonly command: string;
		readonly args: readonly string[];
		readonly env?: Readonly<Record<string, string>>;
	};
	/** Why there is no `command`; that slurmrestd has no terminals otherwise. */
	readonly noCommand?: string;
	/** What a job wrote, where that does not lie in files. */
	readonly output?: (job: Job, options: LogOptions, signal: AbortSignal) => AsyncIterable<readonly LogLine[]>;
	/** Runs a program of Slurm and gives what it printed. */
	readonly run?: (program: string, args: readonly string[], signal: AbortSignal) => Promise<string>;
	/** When the token stops to be good, in epoch milliseconds. */
	readonly expiresAt?: () => number | undefined;
	/** Who asks. */
	readonly user: () => string;
};
