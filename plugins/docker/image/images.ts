import {type CallContext, type DeploySpec, formatBytes, type OperationResult, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {accountOf} from '../account.ts';
import {type DockerClient} from '../client/create-client.ts';
import {allContainers, type Reading} from '../container/all-containers.ts';
import {invalid, text} from '../container/deploy/fields.ts';
import {nameOf, shortImage} from '../container/map.ts';
import {firstOf, listOf} from '../answers.ts';
import {estimateStorage} from '../cost.ts';
import {listAt, numberAt, textAt, textsAt} from '../read.ts';
import {type DockerState} from '../state.ts';
import {type ImageName, parseImageName} from './name.ts';
import {pullImage} from './pull.ts';

export type ImagePage = {readonly resources: readonly ProviderResource[]; readonly skipped: number};

const imageId = /^(?:sha256:)?[0-9a-f]{64}$/;

export async function readImages(client: DockerClient, reading: Reading = {}): Promise<ImagePage> {
	const [images, containers] = await Promise.all([
		client.ask({path: '/images/json', doing: 'list the images', ...(reading.signal !== undefined && {signal: reading.signal})}),
		allContainers(client, reading),
	]);
	const entries = listOf(images.value, client, 'images');
	const users = Map.groupBy(containers, container => textAt(container, 'ImageID') ?? '');
	const rows = entries.flatMap(entry => toImage(entry, client, users) ?? []);
	const resources = [...new Map(rows.map(row => [row.id, row])).values()];
	return {resources, skipped: entries.length - resources.length};
}

function toImage(entry: unknown, {endpoint}: DockerClient, users: ReadonlyMap<string, readonly unknown[]>): ProviderResource | undefined {
	const id = textAt(entry, 'Id');
	if (id === undefined || !imageId.test(id)) {
		return undefined;
	}

	const names = [...listAt(entry, 'RepoTags'), ...listAt(entry, 'RepoDigests')].filter(
		(name): name is string => typeof name === 'string' && name !== '' && !name.startsWith('<none>'),
	);
	const usedBy = (users.get(id) ?? []).map(container => nameOf(container) ?? '?');
	const bytes = numberAt(entry, 'Size');
	const created = numberAt(entry, 'Created');
	return {
		id,
		type: 'image',
		name: names[0] === undefined ? id.replace('sha256:', '').slice(0, 12) : shortImage(names[0]),
		account: endpoint.account,
		status: usedBy.length > 0 ? 'running' : 'stopped',
		rawStatus: usedBy.length > 0 ? 'in use' : names.length === 0 ? 'untagged' : 'unused',
		...(bytes !== undefined && {size: formatBytes(bytes)}),
		...(created !== undefined && created > 0 && {createdAt: created * 1000}),
		tags: textsAt(entry, 'Labels'),
		cost: estimateStorage(endpoint),
		...(usedBy.length > 0 && {disabled: {destroy: `${usedBy.slice(0, 5).join(', ')} uses it`}}),
		meta: {names, shortId: id.replace('sha256:', '').slice(0, 12), ...(usedBy.length > 0 && {usedBy})},
	};
}

export async function findImage(
	{endpoints}: DockerState,
	{id, account}: ResourceTarget,
	signal: AbortSignal,
): Promise<{readonly client: DockerClient; readonly resource: ProviderResource} | undefined> {
	if (!imageId.test(id)) {
		return undefined;
	}

	return firstOf(endpoints.among(account), async client => {
		const {resources} = await readImages(client, {signal});
		const resource = resources.find(resource => resource.id === id);
		return resource === undefined ? undefined : {client, resource};
	});
}

/** What a pull was asked for; the name of the request is only what the task is called. */
export function imageToPull({fields}: DeploySpec): ImageName {
	const name = text(fields, 'image');
	if (name === undefined) {
		throw invalid('image', 'Which image is to be pulled?', 'give one, for example `image=nginx:1.29`');
	}

	return parseImageName(name, 'image');
}

/** Pulls an image. Repeating it is harmless: what is there is not fetched again. */
export async function deployImage({context, endpoints}: DockerState, spec: DeploySpec, call: CallContext): Promise<OperationResult> {
	const image = imageToPull(spec);
	const client = endpoints.of(accountOf(spec));
	await pullImage(client, image, context.world, call);
	const {value} = await client.ask({path: `/images/${encodeURI(image.full)}/json`, doing: 'read it back', signal: call.signal});
	const id = textAt(value, 'Id');
	return {status: 'created', ...(id !== undefined && {id}), account: client.endpoint.account};
}

/** Removes an image with all its names. */
export async function destroyImage(state: DockerState, target: ResourceTarget, {signal}: CallContext): Promise<OperationResult> {
	const found = await findImage(state, target, signal);
	const {id, name} = target;
	if (found === undefined) {
		return {status: 'not_found', id, message: 'it was gone already'};
	}

	// An image with several names is not removed by its id without force; force does not touch one that a running container uses.
	const {status} = await found.client.ask({
		method: 'DELETE',
		path: `/images/${id}`,
		query: {force: listAt(found.resource.meta, 'names').length > 1},
		doing: `remove the image \`${name}\``,
		signal,
		timeoutMs: 120_000,
		accept: [404],
	});
	return status === 404 ? {status: 'not_found', id} : {status: 'deleted', id, account: found.client.endpoint.account};
}
