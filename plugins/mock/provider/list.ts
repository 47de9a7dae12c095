import {setImmediate as nextTurn} from 'node:timers/promises';
import {type CallContext, type ListPage, type ListQuery, type ProviderResource, type ResourceTarget} from 'cws/sdk';
import {type MockContext} from './context.ts';

const pageSize = 256;

/** Streams what a provider has. A type it does not know has nothing. */
export async function* list(
	{world, timing, faults}: MockContext,
	{provider, type}: ListQuery,
	{signal}: CallContext,
): AsyncGenerator<ListPage> {
	await timing.roundTrip(signal);
	faults.beforeList(provider, type);
	const missing = faults.missing(provider, type);
	const resources = world
		.list(provider, type)
		.filter(({account, region}) => !missing.some(part => part.account === account && part.region === region));
	yield {resources: resources.slice(0, pageSize), skipped: faults.skipped(provider), missing};
	for (let at = pageSize; at < resources.length; at += pageSize) {
		// Other calls get their turn between two pages.
		await nextTurn(undefined, {signal});
		yield {resources: resources.slice(at, at + pageSize)};
	}
}

export async function get(
	{world, timing, faults}: MockContext,
	target: ResourceTarget,
	{signal}: CallContext,
): Promise<ProviderResource | null> {
	await timing.roundTrip(signal);
	faults.beforeCall(target.provider);
	return world.get(target) ?? null;
}
