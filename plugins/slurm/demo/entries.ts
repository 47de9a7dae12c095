import {type Entry} from '../read.ts';
import {type DemoFleet, type DemoJob, type DemoNode, type DemoPartition} from './fleet.ts';

const minuteMs = 60_000;
const megabytes = 1024;

/** A job of the demo that things happen to. */
export type LiveJob = DemoJob & {
	readonly submittedAt: number;
	readonly startedAt?: number;
	readonly comment?: string;
	readonly restarts?: number;
	readonly script?: string;
	/** When it starts by itself. */
	readonly startsAt?: number;
};

/** Its times, counted back from the start of the demo. */
export const liveJob = (job: DemoJob, now: number): LiveJob => ({
	...job,
	submittedAt: now - job.submittedMinutes * minuteMs,
	...(job.startedMinutes !== undefined && {startedAt: now - job.startedMinutes * minuteMs}),
});

/** As `squeue --json` tells it. */
export function jobEntry(job: LiveJob): Entry {
	const {id, name, user, partition, cpus, memoryGb, gpus, nodes = [], array, startedAt} = job;
	const count = Math.max(1, nodes.length);
	const tres = `cpu=${cpus},mem=${memoryGb}G,node=${count}${gpus === undefined ? '' : `,gres/gpu=${gpus}`}`;
	return {
		job_id: id,
		name,
		user_name: user,
		account: 'research',
		qos: 'normal',
		partition,
		job_state: [job.state],
		state_reason: job.reason ?? 'None',
		nodes: nodes.join(','),
		tres_req_str: tres,
		...(startedAt !== undefined && {tres_alloc_str: tres, start_time: seconds(startedAt), batch_host: nodes[0] ?? ''}),
		...(startedAt !== undefined && {end_time: seconds(startedAt + job.limitMinutes * minuteMs)}),
		submit_time: seconds(job.submittedAt),
		time_limit: {set: true, infinite: false, number: job.limitMinutes},
		...(array !== undefined && {array_job_id: array.id}),
		...(array?.task !== undefined && {array_task_id: {set: true, infinite: false, number: array.task}}),
		...(array?.waiting !== undefined && {array_task_string: array.waiting}),
		dependency: job.dependency ?? '',
		comment: job.comment ?? '',
		exit_code: {return_code: {set: true, infinite: false, number: job.exitCode ?? 0}, signal: {id: {number: job.exitSignal ?? 0}}},
		batch_flag: true,
		requeue: true,
		restart_cnt: job.restarts ?? 0,
		priority: {set: true, infinite: false, number: 1000 + (id % 500)},
		current_working_directory: `/home/${user}`,
		standard_output: `/home/${user}/${name}-%j.out`,
		command: `/home/${user}/${name}.sh`,
	};
}

/** As `scontrol show nodes --json` tells it, with what the jobs on it have. */
export function nodeEntry(node: DemoNode, jobs: readonly LiveJob[], release: string): Entry {
	const here = jobs.filter(({state, nodes}) => (state === 'RUNNING' || state === 'CONFIGURING') && nodes?.includes(node.name));
	const share = (amount: (job: LiveJob) => number) => here.reduce((sum, job) => sum + amount(job) / (job.nodes?.length ?? 1), 0);
	const cpus = share(job => job.cpus);
	const gpus = share(job => job.gpus ?? 0);
	return {
		name: node.name,
		state: node.state?.split('+') ?? [cpus === 0 ? 'IDLE' : cpus < node.cpus ? 'MIXED' : 'ALLOCATED'],
		cpus: node.cpus,
		alloc_cpus: cpus,
		real_memory: node.memoryGb * megabytes,
		alloc_memory: share(job => job.memoryGb) * megabytes,
		cpu_load: Math.round(cpus * 94),
		gres: node.gpus === undefined ? '' : `gpu:a100:${node.gpus}`,
		gres_used: node.gpus === undefined ? '' : `gpu:a100:${gpus}`,
		partitions: node.partitions.split(','),
		reason: node.reason ?? '',
		operating_system: 'Linux',
		version: release,
		address: node.name,
	};
}

/** As `scontrol show partitions` tells it. */
export function partitionEntry({name, state, nodes, maxTime, isDefault}: DemoPartition, {nodes: all}: DemoFleet): Entry {
	const own = all.filter(({partitions}) => partitions.split(',').includes(name));
	const total = (amount: (node: DemoNode) => number) => own.reduce((sum, node) => sum + amount(node), 0);
	const gpus = total(node => node.gpus ?? 0);
	return {
		name,
		state,
		nodes,
		total_nodes: own.length,
		total_cpus: total(node => node.cpus),
		tres: `cpu=${total(node => node.cpus)},mem=${total(node => node.memoryGb)}G,node=${own.length}${gpus === 0 ? '' : `,gres/gpu=${gpus}`}`,
		max_time: maxTime,
		default: isDefault === true ? 'YES' : 'NO',
	};
}

const seconds = (ms: number): number => Math.floor(ms / 1000);
