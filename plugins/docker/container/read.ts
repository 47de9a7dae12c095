import {type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {firstOf, listOf, notFound} from '../answers.ts';
import {type DockerClient} from '../client/create-client.ts';
import {isRecord, numberAt, textAt, timeAt} from '../read.ts';
import {type DockerState} from '../state.ts';
import {allContainers} from './all-containers.ts';
import {containerId, toContainer} from './map.ts';

/** Containers of one endpoint, malformed entries counted. */
export type ContainerPage = {readonly resources: readonly ProviderResource[]; readonly skipped: number};

export async function readContainers(
	state: Pick<DockerState, 'context' | 'stops' | 'meter'>,
	client: DockerClient,
	{ids, signal, isFresh}: {readonly ids?: readonly string[]; readonly signal?: AbortSignal; readonly isFresh?: boolean},
): Promise<ContainerPage> {
	const entries = ids === undefined ? await allContainers(client, {signal, isFresh}) : await someContainers(client, ids, signal);
	const facts = {endpoint: client.endpoint, config: state.context.config, wasStopped: state.stops.has, metrics: state.meter.of};
	const resources = entries.flatMap(entry => toContainer(entry, facts) ?? []);
	const unique = [...new Map(resources.map(resource => [resource.id, resource])).values()];
	return {resources: unique, skipped: entries.length - unique.length};
}

async function someContainers(client: DockerClient, ids: readonly string[], signal?: AbortSignal): Promise<readonly unknown[]> {
	const {value} = await client.ask({
		path: '/containers/json',
		query: {all: true, filters: JSON.stringify({id: ids})},
		doing: 'list the containers',
		...(signal !== undefined && {signal}),
	});
	return listOf(value, client, 'containers');
}

export type Found = {readonly client: DockerClient; readonly resource: ProviderResource; readonly details: unknown};

/** The container of a target with its details; undefined when no engine that answers has it. */
export async function findContainer(state: DockerState, {id, account}: ResourceTarget, signal: AbortSignal): Promise<Found | undefined> {
	if (!containerId.test(id)) {
		return undefined;
	}

	return firstOf(state.endpoints.among(account), async client => {
		const [{resources}, {status, value: details}] = await Promise.all([
			readContainers(state, client, {ids: [id], signal}),
			client.ask({path: `/containers/${id}/json`, doing: 'read the container', signal, accept: [404]}),
		]);
		const resource = resources.find(resource => resource.id === id);
		return resource === undefined || status === 404 || textAt(details, 'Id') !== id ? undefined : {client, resource, details};
	});
}

/** The container a mutating call is about. */
export async function needContainer(state: DockerState, target: ResourceTarget, signal: AbortSignal): Promise<Found> {
	const found = await findContainer(state, target, signal);
	if (found === undefined) {
		throw notFound(target);
	}

	return found;
}

/** The row with what only the details tell: why it ended, its limits, its policy. */
export function withDetails({resource, details}: Found): ProviderResource {
	const exitCode = numberAt(details, 'State', 'ExitCode');
	const isKilledForMemory = isRecord(details) && isRecord(details['State']) && details['State']['OOMKilled'] === true;
	const problem = textAt(details, 'State', 'Error');
	const isOver = resource.status === 'stopped' || resource.status === 'failed';
	const nanoCpus = numberAt(details, 'HostConfig', 'NanoCpus') ?? 0;
	const memory = numberAt(details, 'HostConfig', 'Memory') ?? 0;
	const startedAt = timeAt(details, 'State', 'StartedAt');
	const restart = textAt(details, 'HostConfig', 'RestartPolicy', 'Name');
	const reason = isOver && problem !== undefined ? problem : isOver && isKilledForMemory ? 'it used more memory than it may' : undefined;
	return {
		...resource,
		...(reason !== undefined && {status: 'failed', statusReason: reason}),
		meta: {
			...resource.meta,
			...(nanoCpus > 0 && {cpus: nanoCpus / 1_000_000_000}),
			...(memory > 0 && {memoryBytes: memory}),
			...(restart !== undefined && restart !== 'no' && {restart}),
			...(startedAt !== undefined && {startedAt}),
			...(isOver && exitCode !== undefined && {exitCode}),
		},
	};
}
