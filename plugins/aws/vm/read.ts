import {setTimeout as sleep} from 'node:timers/promises';
import {type Instance, type Reservation} from '@aws-sdk/client-ec2';
import {type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {type Part} from '../access/parts.ts';
import {ask} from '../clients/ask.ts';
import {findIn, notFound} from '../find-in.ts';
import {type Page} from '../list-parts.ts';
import {type AwsState} from '../state.ts';
import {loadDisks} from '../volume/volumes.ts';
import {machine, type Wanted} from '../price/live/wanted.ts';
import {instanceId, type Known, toVm, volumesOf} from './map.ts';

const pageSize = 1000;
// Prices of disks are worth this much waiting; the reading of many goes on, and the next list has them.
const disksMs = 5000;
const disksEndMs = 120_000;
const living = ['pending', 'running', 'shutting-down', 'stopping', 'stopped'];

export async function* readInstances(state: AwsState, part: Part, signal: AbortSignal): AsyncGenerator<Page> {
	const {account, region} = part;
	const {DescribeInstancesCommand} = await import('../clients/ec2.ts');
	// Asked beside the first page, not after it. Who may not see volumes still sees instances.
	const disks = state.disks.isFresh(part)
		? undefined
		: Promise.race([loadDisks(state, part, AbortSignal.timeout(disksEndMs)), sleep(disksMs, undefined, {signal, ref: false})]);
	disks?.catch(() => undefined);
	let token: string | undefined;
	const seen = new Set<string>();
	do {
		const answer = await ask({account, region, doing: 'list the instances'}, signal, async () =>
			(await state.clients.ec2(account, region)).send(
				new DescribeInstancesCommand({
					MaxResults: pageSize,
					Filters: [{Name: 'instance-state-name', Values: living}],
					...(token !== undefined && {NextToken: token}),
				}),
				{abortSignal: signal},
			),
		);
		await disks;
		await state.spotPrices.learn(part, typesOf(answer.Reservations, true), signal);
		await state.livePrices.want(part, machinesOf(part, answer.Reservations));
		yield pageOf(state, part, answer.Reservations ?? []);
		token = answer.NextToken || undefined;
		// An endpoint that gives the same page for ever would be asked for ever.
		if (token !== undefined && seen.has(token)) {
			break;
		}

		seen.add(token ?? '');
	} while (token !== undefined);
}

function pageOf(state: AwsState, part: Part, reservations: readonly Reservation[]): Page {
	let skipped = 0;
	const resources: ProviderResource[] = [];
	for (const {OwnerId, Instances = []} of reservations) {
		for (const instance of Instances) {
			const vm = toVm(instance, part, knownOf(state, part, OwnerId));
			if (vm === undefined) {
				skipped++;
			} else if (vm.status !== 'deleted') {
				resources.push(vm);
			}
		}
	}

	return {resources, ...(skipped > 0 && {skipped})};
}

export type FoundVm = {readonly part: Part; readonly instance: Instance; readonly owner?: string; readonly resource: ProviderResource};

/** Undefined when every region that may have it says that it is not there; what is terminated counts as gone. */
export async function findVm(state: AwsState, target: ResourceTarget, signal: AbortSignal): Promise<FoundVm | undefined> {
	if (!instanceId.test(target.id)) {
		return undefined;
	}

	return findIn(state, target, signal, async part => {
		const {account, region} = part;
		const {DescribeInstancesCommand} = await import('../clients/ec2.ts');
		const answer = await ask({account, region, doing: `read \`${target.name || target.id}\``}, signal, async () =>
			(await state.clients.ec2(account, region)).send(new DescribeInstancesCommand({InstanceIds: [target.id]}), {abortSignal: signal}),
		);
		const [reservation] = answer.Reservations ?? [];
		const instance = reservation?.Instances?.find(({InstanceId}) => InstanceId === target.id);
		if (instance !== undefined && volumesOf(instance).some(id => state.disks.of(part, id) === undefined)) {
			await loadDisks(state, part, signal, volumesOf(instance));
		}

		await state.spotPrices.learn(part, typesOf(answer.Reservations, true), signal);
		const resource = instance === undefined ? undefined : toVm(instance, part, knownOf(state, part, reservation?.OwnerId));
		return instance === undefined || resource === undefined || resource.status === 'deleted'
			? undefined
			: {part, instance, resource, ...(reservation?.OwnerId !== undefined && {owner: reservation.OwnerId})};
	});
}

/** The same for what has to be there. */
export async function needVm(state: AwsState, target: ResourceTarget, signal: AbortSignal): Promise<FoundVm> {
	const found = await findVm(state, target, signal);
	if (found === undefined) {
		throw notFound(target);
	}

	return found;
}

const knownOf = (state: AwsState, part: Part, owner: string | undefined): Known => ({
	owner,
	alias: state.identities.aliasOf(owner),
	diskOf: id => state.disks.of(part, id),
	spotOf: (type, zone) => state.spotPrices.of(part.region, type, zone),
	listOf: type => state.livePrices.of(part.region, type),
});

const machinesOf = ({region}: Part, reservations: readonly Reservation[] | undefined): readonly Wanted[] =>
	[...new Set(typesOf(reservations, false))].map(type => machine(type, region));

const typesOf = (reservations: readonly Reservation[] | undefined, isSpot: boolean): readonly string[] =>
	(reservations ?? []).flatMap(({Instances = []}) =>
		Instances.flatMap(({InstanceLifecycle, InstanceType}) =>
			(InstanceLifecycle === 'spot') === isSpot && InstanceType !== undefined ? [InstanceType] : [],
		),
	);
