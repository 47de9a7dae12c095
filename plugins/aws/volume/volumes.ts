import {once} from 'node:events';
import {type CallContext, FailureError, type OperationResult, type ProviderPlan, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {assertAllowed} from '../access/guard.ts';
import {type Part} from '../access/parts.ts';
import {ask} from '../clients/ask.ts';
import {findIn, notFound} from '../find-in.ts';
import {type Page} from '../list-parts.ts';
import {type AwsState} from '../state.ts';
import {accountWords} from '../vm/deploy/place.ts';
import {partKey} from './disks.ts';
import {toVolume, volumeId} from './map.ts';

const pageSize = 1000;

/** All volumes of a region. The lists of instances and of volumes begin together, and AWS is asked once for both. */
export async function* readVolumes(state: AwsState, part: Part, signal: AbortSignal): AsyncGenerator<Page> {
	const {readings} = state.disks;
	const key = partKey(part);
	const shared = readings.get(key);
	const read = shared === undefined ? undefined : await unlessAborted(shared, signal);
	if (read !== undefined) {
		yield* read;
		return;
	}

	const pages: Page[] = [];
	const {promise, resolve} = Promise.withResolvers<readonly Page[] | undefined>();
	let isWhole = false;
	readings.set(key, promise);
	try {
		for await (const page of askVolumes(state, part, signal)) {
			pages.push(page);
			yield page;
		}

		isWhole = true;
	} finally {
		resolve(isWhole ? pages : undefined);
		if (readings.get(key) === promise) {
			readings.delete(key);
		}
	}
}

async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
	signal.throwIfAborted();
	const ended = new AbortController();
	try {
		return await Promise.race([
			promise,
			once(signal, 'abort', {signal: ended.signal}).then((): never => {
				throw signal.reason;
			}),
		]);
	} finally {
		ended.abort();
	}
}

async function* askVolumes(state: AwsState, part: Part, signal: AbortSignal): AsyncGenerator<Page> {
	const {account, region} = part;
	const {DescribeVolumesCommand} = await import('../clients/ec2.ts');
	const seen = new Set<string>();
	let token: string | undefined;
	do {
		const answer = await ask({account, region, doing: 'list the volumes'}, signal, async () =>
			(await state.clients.ec2(account, region)).send(
				new DescribeVolumesCommand({MaxResults: pageSize, ...(token !== undefined && {NextToken: token})}),
				{abortSignal: signal},
			),
		);
		const entries = answer.Volumes ?? [];
		state.disks.remember(part, entries);
		const resources = entries.flatMap(volume => toVolume(volume, part) ?? []);
		yield {
			resources: resources.filter(({status}) => status !== 'deleted'),
			...(resources.length < entries.length && {skipped: entries.length - resources.length}),
		};
		token = answer.NextToken || undefined;
		if (token !== undefined && seen.has(token)) {
			break;
		}

		seen.add(token ?? '');
	} while (token !== undefined);

	state.disks.complete(part);
}

/** Learns what disks cost: all of a region, or some. What cannot be asked is not known, which the rows of instances say. */
export async function loadDisks(state: AwsState, part: Part, signal: AbortSignal, ids?: readonly string[]): Promise<void> {
	try {
		if (ids === undefined) {
			for await (const _page of readVolumes(state, part, signal)) {
				// Each page is remembered as it comes.
			}

			return;
		}

		const {DescribeVolumesCommand} = await import('../clients/ec2.ts');
		const client = await state.clients.ec2(part.account, part.region);
		const {Volumes = []} = await client.send(new DescribeVolumesCommand({VolumeIds: [...ids]}), {abortSignal: signal});
		state.disks.remember(part, Volumes);
	} catch {
		// Who may not see them is not asked each time; what took too long goes on where it can.
		if (!signal.aborted) {
			state.disks.complete(part);
		}
	}
}

type Found = {readonly part: Part; readonly resource: ProviderResource};

export async function findVolume(state: AwsState, target: ResourceTarget, signal: AbortSignal): Promise<Found | undefined> {
	if (!volumeId.test(target.id)) {
		return undefined;
	}

	const {DescribeVolumesCommand} = await import('../clients/ec2.ts');
	return findIn(state, target, signal, async part => {
		const {account, region} = part;
		const answer = await ask({account, region, doing: `read \`${target.name || target.id}\``}, signal, async () =>
			(await state.clients.ec2(account, region)).send(new DescribeVolumesCommand({VolumeIds: [target.id]}), {abortSignal: signal}),
		);
		const volume = answer.Volumes?.find(({VolumeId}) => VolumeId === target.id);
		const resource = volume === undefined ? undefined : toVolume(volume, part);
		return resource === undefined || resource.status === 'deleted' ? undefined : {part, resource};
	});
}

export async function destroyVolume(state: AwsState, target: ResourceTarget, {signal}: CallContext): Promise<OperationResult> {
	const found = await findVolume(state, target, signal);
	if (found === undefined) {
		return {status: 'not_found', id: target.id, message: 'it was gone already'};
	}

	const {account, region} = found.part;
	await assertAllowed(account, state.config, state.identities, signal);
	const {DeleteVolumeCommand} = await import('../clients/ec2.ts');
	try {
		await ask({account, region, doing: `delete the volume \`${target.name}\``}, signal, async () =>
			(await state.clients.ec2(account, region)).send(new DeleteVolumeCommand({VolumeId: target.id}), {abortSignal: signal}),
		);
	} catch (error) {
		if (error instanceof FailureError && error.failure.code === 'CWS_NOT_FOUND') {
			return {status: 'not_found', id: target.id};
		}

		throw error;
	}

	return {status: 'deleted', id: target.id, account: account.name, region};
}

export async function planVolumeDestroy(state: AwsState, target: ResourceTarget, {signal}: CallContext): Promise<ProviderPlan> {
	const found = await findVolume(state, target, signal);
	if (found === undefined) {
		throw notFound(target);
	}

	const words = await accountWords(state, found.part, signal);
	return {
		lines: [
			{label: 'account', value: words.line},
			{label: 'volume', value: `${found.resource.name} (${found.resource.id}), ${found.resource.size ?? ''}, ${found.resource.rawStatus}`},
		],
		...(words.warning !== undefined && {warnings: [words.warning]}),
		takes: ['what is on it'],
		keeps: ['its snapshots'],
	};
}
