import {type Endpoint as Address, type ProviderResource, type ResourceMetrics} from 'cws/sdk';
import {estimateContainer} from '../cost.ts';
import {type DockerConfig} from '../context.ts';
import {type Endpoint} from '../endpoint/endpoint.ts';
import {isRecord, listAt, numberAt, textAt, textsAt} from '../read.ts';
import {disabledIn, stateOf} from './status.ts';

/** The label that says which request made it, so that a repeated request finds it. */
export const tokenLabel = 'cws.token';

/** The label that says which attempt of its request made it, so that no attempt takes away what another one made. */
export const attemptLabel = 'cws.attempt';

export const containerId = /^[0-9a-f]{64}$/;

type Facts = {
	readonly endpoint: Endpoint;
	readonly config: DockerConfig;
	/** Somebody asked it to end, whatever it answered. */
	readonly wasStopped?: (id: string) => boolean;
	readonly metrics?: (id: string) => ResourceMetrics | undefined;
};

/** An entry of `/containers/json` as a row; undefined when it is malformed. */
export function toContainer(entry: unknown, {endpoint, config, wasStopped, metrics}: Facts): ProviderResource | undefined {
	const id = textAt(entry, 'Id');
	const name = nameOf(entry);
	const word = textAt(entry, 'State');
	if (id === undefined || !containerId.test(id) || name === undefined || word === undefined) {
		return undefined;
	}

	const {status, raw, reason} = stateOf(word, textAt(entry, 'Status') ?? '', wasStopped?.(id));
	const labels = textsAt(entry, 'Labels');
	const {[tokenLabel]: _token, [attemptLabel]: _attempt, ...tags} = labels;
	const created = numberAt(entry, 'Created');
	const image = textAt(entry, 'Image');
	const figures = status === 'running' ? metrics?.(id) : undefined;
	const mounts = mountsOf(entry);
	const networks = Object.keys(recordAt(entry, 'NetworkSettings', 'Networks'));
	const command =
		textAt(entry, 'Command') ??
		listAt(entry, 'Command')
			.filter(word => typeof word === 'string')
			.join(' ');
	return {
		id,
		type: 'container',
		name,
		account: endpoint.account,
		status,
		rawStatus: raw,
		...(reason !== undefined && {statusReason: reason}),
		...(image !== undefined && {size: shortImage(image)}),
		...(created !== undefined && {createdAt: created * 1000}),
		tags,
		endpoints: addressesOf(entry, endpoint),
		cost: estimateContainer(endpoint, config),
		disabled: disabledIn(status),
		...(figures !== undefined && {metrics: figures}),
		meta: {
			...(image !== undefined && {image}),
			...(command !== '' && {command}),
			shortId: id.slice(0, 12),
			...(mounts.length > 0 && {mounts}),
			...(networks.length > 0 && {networks}),
		},
	};
}

const recordAt = (value: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> => {
	const found = path.reduce<unknown>((part, key) => (isRecord(part) ? part[key] : undefined), value);
	return isRecord(found) ? found : {};
};

/** The container's own name; a link to another one adds names with a second slash. */
export function nameOf(entry: unknown): string | undefined {
	const names = listAt(entry, 'Names').filter((name): name is string => typeof name === 'string' && name !== '' && name !== '/');
	const own = names.find(name => !name.slice(1).includes('/')) ?? names[0];
	return own?.replace(/^\//, '');
}

/** Without the registry that everybody means, and without a digest nobody reads. */
export const shortImage = (image: string): string =>
	image
		.replace(/^(?:docker\.io\/(?:library\/)?|localhost\/)/, '')
		.replace(/^(?:sha256:)?([0-9a-f]{12})[0-9a-f]{52}$/, '$1')
		.replace(/@sha256:[0-9a-f]{64}$/, '');

function mountsOf(entry: unknown): readonly string[] {
	return listAt(entry, 'Mounts').flatMap(mount => {
		const target = textAt(mount, 'Destination');
		const source = textAt(mount, 'Name') ?? textAt(mount, 'Source');
		return target === undefined ? [] : [`${source ?? textAt(mount, 'Type') ?? '?'}:${target}${isReadOnly(mount) ? ':ro' : ''}`];
	});
}

const isReadOnly = (mount: unknown): boolean => isRecord(mount) && mount['RW'] === false;

/** Published ports. An engine tells each once for IPv4 and once for IPv6. */
function addressesOf(entry: unknown, endpoint: Endpoint): readonly Address[] {
	const addresses = new Map<string, Address>();
	for (const port of listAt(entry, 'Ports')) {
		const outside = numberAt(port, 'PublicPort');
		const inside = numberAt(port, 'PrivatePort');
		if (outside === undefined || outside === 0 || inside === undefined) {
			continue;
		}

		const label = `${inside}/${textAt(port, 'Type') ?? 'tcp'}`;
		const address = `${hostOf(textAt(port, 'IP'), endpoint)}:${outside}`;
		addresses.set(`${label} ${address}`, {label, address});
	}

	return [...addresses.values()];
}

function hostOf(ip: string | undefined, {address}: Endpoint): string {
	if (ip !== undefined && ip !== '0.0.0.0' && ip !== '::' && ip !== '127.0.0.1') {
		return ip.includes(':') ? `[${ip}]` : ip;
	}

	return address.kind === 'unix' || ip === '127.0.0.1' ? 'localhost' : address.host;
}
