import {type RDSClient} from '@aws-sdk/client-rds';
import {
	type CallContext,
	type OperationResult,
	type ProviderPlan,
	type ProviderResource,
	type ResourceOperation,
	type ResourceTarget,
} from 'cws/sdk';
import {assertAllowed} from '../access/guard.ts';
import {type Part} from '../access/parts.ts';
import {ask} from '../clients/ask.ts';
import {findIn, notFound} from '../find-in.ts';
import {type Page} from '../list-parts.ts';
import {type AwsState} from '../state.ts';
import {accountWords} from '../vm/deploy/place.ts';
import {database, databaseKey} from '../price/live/wanted.ts';
import {databaseId, factsOf, type KnownOfDatabase, toDatabase} from './map.ts';

export async function* readDatabases(state: AwsState, part: Part, signal: AbortSignal): AsyncGenerator<Page> {
	const {account, region} = part;
	const {DescribeDBInstancesCommand} = await import('../clients/rds.ts');
	const seen = new Set<string>();
	let marker: string | undefined;
	do {
		const answer = await ask({account, region, doing: 'list the databases'}, signal, async () =>
			(await state.clients.rds(account, region)).send(
				new DescribeDBInstancesCommand({MaxRecords: 100, ...(marker !== undefined && {Marker: marker})}),
				{abortSignal: signal},
			),
		);
		const entries = answer.DBInstances ?? [];
		await state.livePrices.want(
			part,
			entries.flatMap(entry => database(factsOf(entry), region) ?? []),
		);
		const resources = entries.flatMap(entry => toDatabase(entry, part, knownOf(state, part)) ?? []);
		yield {resources, ...(resources.length < entries.length && {skipped: entries.length - resources.length})};
		marker = answer.Marker || undefined;
		if (marker !== undefined && seen.has(marker)) {
			break;
		}

		seen.add(marker ?? '');
	} while (marker !== undefined);
}

const knownOf = ({identities, livePrices}: AwsState, {region}: Part): KnownOfDatabase => ({
	aliasOf: identities.aliasOf,
	listOf: facts => livePrices.of(region, databaseKey(facts)),
});

type Found = {readonly part: Part; readonly resource: ProviderResource};

export async function findDatabase(state: AwsState, target: ResourceTarget, signal: AbortSignal): Promise<Found | undefined> {
	if (!databaseId.test(target.id)) {
		return undefined;
	}

	const {DescribeDBInstancesCommand} = await import('../clients/rds.ts');
	return findIn(state, target, signal, async part => {
		const {account, region} = part;
		const answer = await ask({account, region, doing: `read \`${target.id}\``}, signal, async () =>
			(await state.clients.rds(account, region)).send(new DescribeDBInstancesCommand({DBInstanceIdentifier: target.id}), {
				abortSignal: signal,
			}),
		);
		const entry = answer.DBInstances?.find(({DBInstanceIdentifier}) => DBInstanceIdentifier === target.id);
		const resource = entry === undefined ? undefined : toDatabase(entry, part, knownOf(state, part));
		return resource === undefined ? undefined : {part, resource};
	});
}

async function needDatabase(state: AwsState, target: ResourceTarget, signal: AbortSignal): Promise<Found> {
	const found = await findDatabase(state, target, signal);
	if (found === undefined) {
		throw notFound(target);
	}

	return found;
}

async function order(
	state: AwsState,
	target: ResourceTarget,
	{signal}: CallContext,
	{
		doing,
		status,
		send,
	}: {readonly doing: string; readonly status: OperationResult['status']; readonly send: (client: RDSClient) => Promise<unknown>},
): Promise<OperationResult> {
	const {
		part: {account, region},
	} = await needDatabase(state, target, signal);
	await assertAllowed(account, state.config, state.identities, signal);
	await ask({account, region, doing: `${doing} \`${target.id}\``}, signal, async () => send(await state.clients.rds(account, region)));
	return {status, id: target.id, account: account.name, region};
}

export async function startDatabase(state: AwsState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const {StartDBInstanceCommand} = await import('../clients/rds.ts');
	return order(state, target, call, {
		doing: 'start',
		status: 'started',
		send: async client => client.send(new StartDBInstanceCommand({DBInstanceIdentifier: target.id}), {abortSignal: call.signal}),
	});
}

export async function stopDatabase(state: AwsState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const {StopDBInstanceCommand} = await import('../clients/rds.ts');
	return order(state, target, call, {
		doing: 'stop',
		status: 'stopped',
		send: async client => client.send(new StopDBInstanceCommand({DBInstanceIdentifier: target.id}), {abortSignal: call.signal}),
	});
}

export async function restartDatabase(state: AwsState, target: ResourceTarget, call: CallContext): Promise<OperationResult> {
	const {RebootDBInstanceCommand} = await import('../clients/rds.ts');
	return order(state, target, call, {
		doing: 'restart',
		status: 'started',
		send: async client => client.send(new RebootDBInstanceCommand({DBInstanceIdentifier: target.id}), {abortSignal: call.signal}),
	});
}

export async function planDatabaseAction(
	state: AwsState,
	action: ResourceOperation,
	target: ResourceTarget,
	{signal}: CallContext,
): Promise<ProviderPlan> {
	const {part, resource} = await needDatabase(state, target, signal);
	const words = await accountWords(state, part, signal);
	return {
		lines: [
			{label: 'account', value: words.line},
			{label: 'database', value: `${resource.name}, ${resource.rawStatus}, ${resource.size ?? ''} in ${part.region}`},
		],
		warnings: [
			...(words.warning === undefined ? [] : [words.warning]),
			...(action === 'stop' ? ['its storage goes on costing, and AWS starts it again after seven days'] : []),
		],
	};
}
