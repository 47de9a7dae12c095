import {formatBytes, type ProviderResource, type ResourceOperation} from 'cws/sdk';
import {type Cluster} from '../cluster/cluster.ts';
import {estimateJob, waitingCost} from '../cost.ts';
import {readComment} from './comment.ts';
import {type Job} from './job.ts';
import {outputPaths} from './output-path.ts';
import {reasonInWords} from './reasons.ts';
import {type Tres} from './tres.ts';

/** A job as the list shows it. */
export function jobResource(job: Job, cluster: Cluster, currency: string): ProviderResource {
	const user = cluster.client.user();
	const size = sizeOf(job.tres);
	const reason = reasonOf(job);
	return {
		id: job.id,
		type: 'job',
		name: nameOf(job),
		account: cluster.name,
		status: job.status,
		rawStatus: [...job.states, ...(job.reason === undefined ? [] : [job.reason])].join(' '),
		...(reason !== undefined && {statusReason: reason}),
		...(size !== undefined && {size}),
		...(job.submittedAt !== undefined && {createdAt: Math.min(job.submittedAt, Date.now())}),
		tags: readComment(job.comment).tags,
		...(job.user !== undefined && {owner: job.user}),
		cost: job.status === 'pending' ? waitingCost : estimateJob(job.tres, cluster.rates, currency),
		...(job.user !== undefined && job.user !== user && user !== 'root' && {protected: `it belongs to ${job.user}`}),
		disabled: disabledOf(job, cluster),
		meta: metaOf(job),
	};
}

/** `train`, `train[3]` for a task, `train[4-9]` for those that wait. */
function nameOf({name, array}: Job): string {
	const task = array?.task ?? array?.waiting;
	return task === undefined ? name : `${name}[${task}]`;
}

function reasonOf(job: Job): string | undefined {
	if (job.status === 'running' || job.status === 'hibernated') {
		return undefined;
	}

	const words = reasonInWords(job.reason, job.description);
	const code = job.status === 'failed' && (job.exitCode ?? 0) > 0 ? `exit code ${job.exitCode}` : undefined;
	const signal = job.status === 'failed' && job.exitSignal !== undefined ? `signal ${job.exitSignal}` : undefined;
	const all = [words, code, signal].filter(part => part !== undefined);
	return all.length === 0 ? undefined : all.join(', ');
}

/** `8 cpu 32 GB 2 gpu on 2 nodes`. */
export function sizeOf({cpus, memoryMb, gpus, nodes}: Tres): string | undefined {
	const parts = [
		...(cpus === undefined ? [] : [`${cpus} cpu`]),
		...(memoryMb === undefined ? [] : [formatBytes(memoryMb * 1_048_576)]),
		...(gpus === undefined || gpus === 0 ? [] : [`${gpus} gpu`]),
		...(nodes === undefined || nodes < 2 ? [] : [`${nodes} nodes`]),
	];
	return parts.length === 0 ? undefined : parts.join(' ');
}

function disabledOf(job: Job, {client}: Cluster): Readonly<Partial<Record<ResourceOperation, string>>> {
	const isWaiting = job.states.includes('PENDING');
	const off: Partial<Record<ResourceOperation, string>> = {};
	const set = (operations: readonly ResourceOperation[], reason: string | undefined) => {
		for (const operation of operations) {
			if (reason !== undefined) {
				off[operation] ??= reason;
			}
		}
	};

	if (job.hasEnded) {
		set(['stop', 'hibernate', 'resume', 'connect', 'metrics'], 'it has ended');
		set(['destroy'], 'it has ended; Slurm forgets it by itself');
	}

	if (isWaiting) {
		set(['hibernate', 'resume', 'restart', 'connect', 'logs', 'metrics'], 'it has not started yet');
		set([job.status === 'stopped' ? 'stop' : 'start'], job.status === 'stopped' ? 'it is held already' : 'it starts by itself');
	}

	if (job.status === 'hibernated') {
		set(['connect'], 'it is suspended');
	}

	if (!job.canRequeue || !job.isBatch) {
		set(isWaiting ? [] : ['start', 'stop', 'restart'], 'it may not be put back into the queue (`--no-requeue`, or no batch job)');
	}

	set(['restart'], client.cannot('requeue'));
	set(isWaiting ? [] : ['stop'], client.cannot('requeuehold'));
	set(job.hasEnded ? ['start'] : [], client.cannot('requeue'));
	set(['hibernate'], client.cannot('suspend'));
	set(['resume'], client.cannot('resume'));
	set(['connect'], client.command === undefined ? (client.noCommand ?? 'it needs `srun` on this machine') : undefined);
	set(['metrics'], client.run === undefined ? 'it needs `sstat` on this machine' : undefined);
	return off;
}

function metaOf(job: Job): Readonly<Record<string, unknown>> {
	const paths = outputPaths(job);
	const facts = {
		jobId: job.jobId,
		partition: job.partition,
		nodes: job.nodes,
		cpus: job.tres.cpus,
		memoryMb: job.tres.memoryMb,
		gpus: job.tres.gpus,
		reason: job.reason,
		array: job.array,
		dependency: job.dependency,
		timeLimitMinutes: job.timeLimit,
		startedAt: job.startedAt === undefined ? undefined : new Date(job.startedAt).toISOString(),
		endsAt: job.endsAt === undefined ? undefined : new Date(job.endsAt).toISOString(),
		exitCode: job.hasEnded ? job.exitCode : undefined,
		directory: job.directory,
		output: paths?.output,
		error: paths?.error === paths?.output ? undefined : paths?.error,
		command: job.command,
		restarts: job.restarts,
		slurmAccount: job.account,
		qos: job.qos,
		priority: job.priority,
	};
	const known: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(facts)) {
		if (value !== undefined) {
			known[name] = value;
		}
	}

	return known;
}
