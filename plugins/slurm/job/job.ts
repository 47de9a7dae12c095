import {type ResourceStatus} from 'cws/sdk';
import {type Entry, isEntry, number, part, positive, text, texts, time} from '../read.ts';
import {hasEnded, statusOf} from './states.ts';
import {countGpus, parseTres, type Tres} from './tres.ts';

/** A job as Slurm told it, in one shape for all versions. */
export type Job = {
	/** `12`, or `12_3` for a task of an array. */
	readonly id: string;
	/** How the commands call just this one; a part of an array that waits is `12_[4-9]`. */
	readonly spec: string;
	readonly jobId: number;
	readonly name: string;
	readonly user?: string;
	readonly states: readonly string[];
	readonly status: ResourceStatus;
	readonly hasEnded: boolean;
	readonly reason?: string;
	readonly description?: string;
	readonly partition?: string;
	readonly nodes?: string;
	readonly tres: Tres;
	readonly comment?: string;
	readonly array?: {readonly id: number; readonly task?: number; readonly waiting?: string};
	readonly submittedAt?: number;
	readonly startedAt?: number;
	readonly endsAt?: number;
	/** Minutes. */
	readonly timeLimit?: number;
	readonly exitCode?: number;
	readonly exitSignal?: number;
	readonly dependency?: string;
	readonly directory?: string;
	readonly output?: string;
	readonly error?: string;
	readonly isBatch: boolean;
	readonly canRequeue: boolean;
	readonly batchHost?: string;
	readonly restarts?: number;
	readonly account?: string;
	readonly qos?: string;
	readonly priority?: number;
	readonly command?: string;
};

/** Undefined for what is no job. */
export function readJob(entry: unknown): Job | undefined {
	if (!isEntry(entry)) {
		return undefined;
	}

	const jobId = positive(entry, 'job_id');
	const states = texts(entry, 'job_state');
	if (jobId === undefined || !Number.isSafeInteger(jobId) || states.length === 0) {
		return undefined;
	}

	const array = arrayOf(entry);
	const isMember = array?.task !== undefined && array.id !== jobId;
	const reason = text(entry, 'state_reason');
	const exit = exitOf(entry);
	const all = {
		// The last task of an array keeps the array's own number, so the row that a submission made stays.
		id: isMember ? `${array.id}_${array.task}` : String(jobId),
		spec: specOf(jobId, array),
		jobId,
		name: text(entry, 'name') ?? `job ${jobId}`,
		user: text(entry, 'user_name'),
		states,
		status: statusOf(states, reason),
		hasEnded: hasEnded(states),
		reason: reason === 'None' ? undefined : reason,
		description: text(entry, 'state_description'),
		partition: text(entry, 'partition'),
		nodes: text(entry, 'nodes'),
		tres: tresOf(entry),
		comment: text(entry, 'comment'),
		array,
		submittedAt: time(entry, 'submit_time'),
		startedAt: time(entry, 'start_time'),
		endsAt: time(entry, 'end_time'),
		timeLimit: positive(entry, 'time_limit'),
		...exit,
		dependency: text(entry, 'dependency'),
		directory: text(entry, 'current_working_directory'),
		output: text(entry, 'stdout_expanded') ?? text(entry, 'standard_output'),
		error: text(entry, 'stderr_expanded') ?? text(entry, 'standard_error'),
		isBatch: entry['batch_flag'] !== false,
		canRequeue: entry['requeue'] !== false,
		batchHost: text(entry, 'batch_host'),
		restarts: positive(entry, 'restart_cnt'),
		account: text(entry, 'account'),
		qos: text(entry, 'qos'),
		priority: number(entry, 'priority'),
		command: text(entry, 'command'),
	};
	// What is absent stays as undefined: a copy without it costs more than reading the job.
	return all;
}

function arrayOf(entry: Entry): Job['array'] {
	const id = positive(entry, 'array_job_id');
	if (id === undefined) {
		return undefined;
	}

	const waiting = text(entry, 'array_task_string');
	const task = waiting === undefined ? number(entry, 'array_task_id') : undefined;
	return {id, ...(task !== undefined && {task}), ...(waiting !== undefined && {waiting})};
}

// `12_[4-9%2]` would cancel the limit too; without it the commands understand it.
function specOf(jobId: number, array: Job['array']): string {
	if (array?.task !== undefined) {
		return `${array.id}_${array.task}`;
	}

	const waiting = array?.waiting?.replace(/%\d+$/, '');
	return array !== undefined && waiting !== undefined && /^[\d,:-]+$/.test(waiting) ? `${array.id}_[${waiting}]` : String(jobId);
}

function tresOf(entry: Entry): Tres {
	const told = parseTres(text(entry, 'tres_alloc_str') ?? text(entry, 'tres_req_str'));
	const nodes = told.nodes ?? positive(entry, 'node_count');
	const cpus = told.cpus ?? positive(entry, 'cpus');
	const perNode = positive(entry, 'memory_per_node');
	const memoryMb = told.memoryMb ?? (perNode === undefined ? undefined : perNode * (nodes ?? 1));
	const gpus = told.gpus ?? gpusOf(entry, nodes ?? 1);
	return {
		...(cpus !== undefined && {cpus}),
		...(memoryMb !== undefined && {memoryMb}),
		...(nodes !== undefined && {nodes}),
		...(gpus !== undefined && {gpus}),
	};
}

// Without accounting the GPUs are in no TRES: what was given is in the details, what was asked for in the requests.
function gpusOf(entry: Entry, nodes: number): number | undefined {
	const given = texts(entry, 'gres_detail').map(detail => countGpus(detail) ?? 0);
	const total = given.reduce((sum, count) => sum + count, 0);
	if (total > 0) {
		return total;
	}

	const perNode = countGpus(text(entry, 'tres_per_node'));
	const perTask = countGpus(text(entry, 'tres_per_task'));
	return (
		countGpus(text(entry, 'tres_per_job')) ??
		(perNode === undefined ? perTask && perTask * (positive(entry, 'tasks') ?? 1) : perNode * nodes)
	);
}

// A wait status in one number, or its parts by name.
function exitOf(entry: Entry): Pick<Job, 'exitCode' | 'exitSignal'> {
	const raw = entry['exit_code'];
	if (isEntry(raw)) {
		const code = number(raw, 'return_code');
		const signal = positive(part(raw, 'signal'), 'id') ?? positive(part(raw, 'signal'), 'signal_id');
		return {...(code !== undefined && {exitCode: code}), ...(signal !== undefined && {exitSignal: signal})};
	}

	const status = number(entry, 'exit_code');
	return status === undefined ? {} : {exitCode: (status >> 8) & 0xff, ...((status & 0x7f) > 0 && {exitSignal: status & 0x7f})};
}
