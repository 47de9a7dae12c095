import {type CallContext, type DeploySpec, type OperationResult, providerError, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {accountOf} from '../account.ts';
import {type DockerClient} from '../client/create-client.ts';
import {allContainers, type Reading} from '../container/all-containers.ts';
import {pairs, text} from '../container/deploy/fields.ts';
import {nameOf, tokenLabel} from '../container/map.ts';
import {firstOf, listOf} from '../answers.ts';
import {estimateStorage} from '../cost.ts';
import {at, listAt, textAt, textsAt, timeAt} from '../read.ts';
import {type DockerState} from '../state.ts';

/** What mounts each volume, by its name: the container's id and name. */
type Users = ReadonlyMap<string, readonly {readonly id: string; readonly name: string}[]>;

export type VolumePage = {readonly resources: readonly ProviderResource[]; readonly skipped: number};

export async function readVolumes(client: DockerClient, reading: Reading = {}): Promise<VolumePage> {
	const [volumes, containers] = await Promise.all([
		client.ask({path: '/volumes', doing: 'list the volumes', ...(reading.signal !== undefined && {signal: reading.signal})}),
		allContainers(client, reading),
	]);
	const entries = listOf(at(volumes.value, 'Volumes'), client, 'volumes');
	const users = usersOf(containers);
	const rows = entries.flatMap(entry => toVolume(entry, client, users) ?? []);
	const resources = [...new Map(rows.map(row => [row.id, row])).values()];
	return {resources, skipped: entries.length - resources.length};
}

function usersOf(containers: readonly unknown[]): Users {
	const users = new Map<string, {id: string; name: string}[]>();
	for (const container of containers) {
		const id = textAt(container, 'Id') ?? '';
		const name = nameOf(container) ?? id.slice(0, 12);
		for (const mount of listAt(container, 'Mounts')) {
			const volume = textAt(mount, 'Type') === 'volume' ? textAt(mount, 'Name') : undefined;
			if (volume !== undefined) {
				users.set(volume, [...(users.get(volume) ?? []), {id, name}]);
			}
		}
	}

	return users;
}

function toVolume(entry: unknown, {endpoint}: DockerClient, users: Users): ProviderResource | undefined {
	const name = textAt(entry, 'Name');
	if (name === undefined) {
		return undefined;
	}

	const own = users.get(name) ?? [];
	const {[tokenLabel]: _token, ...tags} = textsAt(entry, 'Labels');
	const createdAt = timeAt(entry, 'CreatedAt');
	const driver = textAt(entry, 'Driver') ?? 'unknown';
	const mountpoint = textAt(entry, 'Mountpoint');
	return {
		id: name,
		type: 'volume',
		name,
		account: endpoint.account,
		// The one list of states has no word for what lies there; what is used by something is the nearest to running.
		status: own.length > 0 ? 'running' : 'stopped',
		rawStatus: own.length > 0 ? 'in use' : 'unused',
		size: driver,
		...(createdAt !== undefined && {createdAt}),
		tags,
		cost: estimateStorage(endpoint),
		...(own[0] !== undefined && {attachedTo: own[0].id, disabled: {destroy: `${own.map(({name}) => name).join(', ')} uses it`}}),
		meta: {
			driver,
			...(mountpoint !== undefined && {mountpoint}),
			...(own.length > 0 && {usedBy: own.map(({name}) => name)}),
		},
	};
}

/** Undefined when no engine that answers has it. */
export async function findVolume(
	{endpoints}: DockerState,
	{id, account}: ResourceTarget,
	signal: AbortSignal,
): Promise<{readonly client: DockerClient; readonly resource: ProviderResource} | undefined> {
	return firstOf(endpoints.among(account), async client => {
		const {resources} = await readVolumes(client, {signal});
		const resource = resources.find(resource => resource.id === id);
		return resource === undefined ? undefined : {client, resource};
	});
}

/** Creates a volume. An engine gives the one that is there for a name that is taken, so the token decides whose it is. */
export async function deployVolume({endpoints}: DockerState, spec: DeploySpec, {signal}: CallContext): Promise<OperationResult> {
	const client = endpoints.of(accountOf(spec));
	const {status, value: before} = await client.ask({
		path: `/volumes/${encodeURIComponent(spec.name)}`,
		doing: 'look for its name',
		signal,
		accept: [404],
	});
	const result: OperationResult = {status: 'created', id: spec.name, account: client.endpoint.account};
	if (status !== 404) {
		if (textAt(before, 'Labels', tokenLabel) !== spec.token) {
			throw nameTaken(client, spec.name);
		}

		return {...result, message: `\`${spec.name}\` was created by the same request before`};
	}

	const driver = text(spec.fields, 'driver') ?? 'local';
	const {value: made} = await client.ask({
		method: 'POST',
		path: '/volumes/create',
		body: {
			Name: spec.name,
			Driver: driver,
			DriverOpts: pairs(spec.fields, 'options', /^[^=\s]+$/),
			Labels: {...spec.tags, [tokenLabel]: spec.token},
		},
		doing: `create the volume \`${spec.name}\``,
		signal,
	});
	// Another request may have been faster since the look; then this is the other's.
	const owner = textAt(made, 'Labels', tokenLabel);
	if (owner !== undefined && owner !== spec.token) {
		throw nameTaken(client, spec.name);
	}

	return result;
}

const nameTaken = ({endpoint}: DockerClient, name: string): Error =>
	providerError('CWS_NAME_TAKEN', {
		message: `A volume \`${name}\` exists already in \`${endpoint.account}\`.`,
		fix: 'choose another name',
		details: {field: 'name'},
	});

export async function destroyVolume(state: DockerState, target: ResourceTarget, {signal}: CallContext): Promise<OperationResult> {
	const found = await findVolume(state, target, signal);
	const id = target.id;
	if (found === undefined) {
		return {status: 'not_found', id, message: 'it was gone already'};
	}

	const {status} = await found.client.ask({
		method: 'DELETE',
		path: `/volumes/${encodeURIComponent(id)}`,
		doing: `remove the volume \`${target.name}\``,
		signal,
		accept: [404],
	});
	return status === 404 ? {status: 'not_found', id} : {status: 'deleted', id, account: found.client.endpoint.account};
}
