import {
	type CallContext,
	type CommandInput,
	type CommandOutput,
	type EndpointRequest,
	type EndpointResponse,
	formatDuration,
	providerError,
	type ProviderResource,
} from 'cws/sdk';
import {type Cluster} from '../cluster/cluster.ts';
import {findJob, isThere} from '../job/find.ts';
import {type Job} from '../job/job.ts';
import {jobResource} from '../job/to-resource.ts';
import {type SlurmState} from '../state.ts';

/** `cws slurm status [job-id]`: one job, or all of yours. */
export async function status(state: SlurmState, {args, flags}: CommandInput, {signal}: CallContext): Promise<CommandOutput> {
	const account = typeof flags['cluster'] === 'string' && flags['cluster'] !== '' ? flags['cluster'] : undefined;
	if (account !== undefined) {
		state.clusterOf(account);
	}

	const [id] = args;
	if (id !== undefined) {
		const found = await findJob(state, {id, ...(account !== undefined && {account})}, signal);
		if (found === undefined) {
			throw notFound(id);
		}

		const resource = jobResource(found.job, found.cluster, state.config.currency);
		return {text: describe(resource), data: dataOf(resource)};
	}

	const rows = (await Promise.all(state.among(account).map(async cluster => mine(state, cluster, signal)))).flat();
	return {
		text: rows.length === 0 ? 'You have no jobs.' : rows.map(({resource, job}) => line(resource, job)).join('\n'),
		data: rows.map(({resource}) => dataOf(resource)),
	};
}

/** `GET /jobs/{id}`. */
export async function jobStatus(state: SlurmState, {params, query}: EndpointRequest, {signal}: CallContext): Promise<EndpointResponse> {
	const account = query['cluster'];
	const found = await findJob(state, {id: params['id'] ?? '', ...(account !== undefined && {account})}, signal);
	return found === undefined
		? {status: 404, body: {code: 'CWS_NOT_FOUND', message: 'There is no such job.'}}
		: {status: 200, body: dataOf(jobResource(found.job, found.cluster, state.config.currency))};
}

const notFound = (id: string): Error =>
	providerError('CWS_NOT_FOUND', {
		message: `There is no job \`${id}\`.`,
		cause: 'it was cancelled, or ended a while ago',
		fix: 'see `cws slurm status`',
	});

async function mine(
	{config}: SlurmState,
	cluster: Cluster,
	signal: AbortSignal,
): Promise<readonly {resource: ProviderResource; job: Job}[]> {
	const user = cluster.client.user();
	return (await cluster.reader.read('jobs', signal)).answer.items
		.filter(job => isThere(job) && (job.user === undefined || job.user === user))
		.map(job => ({job, resource: jobResource(job, cluster, config.currency)}));
}

function line({id, name, rawStatus, statusReason, size}: ProviderResource, {startedAt, hasEnded, states}: Job): string {
	const ran = startedAt === undefined || hasEnded || states.includes('PENDING') ? '' : formatDuration(Math.max(0, Date.now() - startedAt));
	return [id.padEnd(10), name.slice(0, 24).padEnd(24), rawStatus.split(' ')[0]!.padEnd(12), ran.padEnd(5), size ?? '', statusReason ?? '']
		.join('  ')
		.trimEnd();
}

function describe({id, name, account, rawStatus, statusReason, size, meta = {}}: ProviderResource): string {
	const facts: Readonly<Record<string, unknown>> = {
		job: id,
		name,
		cluster: account,
		state: rawStatus,
		reason: statusReason,
		size,
		...meta,
		jobId: undefined,
	};
	return Object.entries(facts)
		.flatMap(([label, value]) =>
			value === undefined || (label === 'reason' && statusReason === undefined)
				? []
				: [`${label.padEnd(18)}${typeof value === 'string' ? value : JSON.stringify(value)}`],
		)
		.join('\n');
}

type Data = NonNullable<CommandOutput['data']>;

const dataOf = ({id, name, account, status, rawStatus, statusReason, size, meta}: ProviderResource): Data =>
	JSON.parse(JSON.stringify({id, name, cluster: account, status, rawStatus, statusReason, size, ...meta})) as Data;
