import {type CallContext, type DeploySpec, FailureError, type OperationResult, providerError} from 'cws/sdk';
import {clusterNameOf} from '../cluster-of.ts';
import {type Cluster} from '../cluster/cluster.ts';
import {type SlurmState} from '../state.ts';
import {readComment, writeComment} from './comment.ts';
import {isThere} from './find.ts';
import {type Job} from './job.ts';
import {resolveJob, tresOf} from './job-spec.ts';
import {sizeOf} from './to-resource.ts';

/** Submits a job. The same token always gives the same one, as long as the cluster remembers it. */
export async function deployJob(state: SlurmState, deploy: DeploySpec, call: CallContext): Promise<OperationResult> {
	call.signal.throwIfAborted();
	const spec = resolveJob(deploy, state.world);
	const cluster = state.clusterOf(clusterNameOf(deploy));
	const size = sizeOf(tresOf(spec));
	const made = (id: string, message?: string): OperationResult => ({
		status: 'created',
		id,
		account: cluster.name,
		...(size !== undefined && {size}),
		...(message !== undefined && {message}),
	});
	const jobs = await jobsOf(cluster, call.signal);
	const before = jobs.find(job => isOf(job, deploy.token));
	if (before !== undefined) {
		return made(
			before.array === undefined ? before.id : String(before.array.id),
			`\`${spec.name}\` was submitted by the same request before`,
		);
	}

	const user = cluster.client.user();
	if (jobs.some(job => job.name === spec.name && (job.user ?? user) === user && isThere(job) && !job.hasEnded)) {
		throw providerError('CWS_NAME_TAKEN', {
			message: `A job \`${spec.name}\` of yours is in the queue of \`${cluster.name}\` already.`,
			fix: `choose another name, or run \`cws destroy slurm/${spec.name}\``,
			details: {field: 'name'},
		});
	}

	call.progress({message: `submitting to ${cluster.name}`});
	const id = await submit(cluster, deploy, spec, call.signal);
	return made(await firstOf(cluster, deploy.token, id, call.signal));
}

/** Whether a request made it. What slurmctld refuses it may keep for a while as a job that failed and never had a node. */
const isOf = (job: Job, token: string): boolean =>
	isThere(job) && !(job.hasEnded && job.nodes === undefined) && readComment(job.comment).token === token;

async function jobsOf({reader}: Cluster, signal: AbortSignal): Promise<readonly Job[]> {
	const {answer} = await reader.read('jobs', signal);
	return answer.items;
}

/** Another process may have submitted the same request a moment ago: the first stays. */
async function firstOf(cluster: Cluster, token: string, id: string, signal: AbortSignal): Promise<string> {
	try {
		const ids = (await jobsOf(cluster, signal)).filter(job => isOf(job, token)).map(({jobId, array}) => array?.id ?? jobId);
		const first = ids.length === 0 ? id : String(Math.min(...ids));
		if (first !== id) {
			await cluster.client.act('cancel', id, signal);
			cluster.reader.changed();
		}

		return first;
	} catch {
		// It is submitted; that it cannot be read back is told by who reads it next.
		return id;
	}
}

async function submit(
	cluster: Cluster,
	{token, tags}: DeploySpec,
	spec: ReturnType<typeof resolveJob>,
	signal: AbortSignal,
): Promise<string> {
	try {
		return await cluster.client.submit(spec, writeComment(token, tags), signal);
	} catch (error) {
		const left = await takenAnyway(cluster, token);
		if (signal.aborted) {
			if (left !== undefined) {
				await cluster.client.act('cancel', String(left), AbortSignal.timeout(10_000)).catch(() => undefined);
			}

			throw error;
		}

		// The job was taken, and only the answer got lost.
		if (left !== undefined && error instanceof FailureError) {
			return String(left);
		}

		throw error;
	} finally {
		cluster.reader.changed();
	}
}

async function takenAnyway(cluster: Cluster, token: string): Promise<number | undefined> {
	try {
		cluster.reader.changed();
		const found = (await jobsOf(cluster, AbortSignal.timeout(10_000))).find(job => isOf(job, token));
		return found?.array?.id ?? found?.jobId;
	} catch {
		// A repeated request finds it by its token.
		return undefined;
	}
}
