import {
	known,
	type CallContext,
	type Choice,
	type DeploySpec,
	type Estimate,
	type ListQuery,
	type ProviderPlan,
	type ResourceOperation,
	type ResourceTarget,
} from 'cws/sdk';
import {kindOf} from '../world/catalog.ts';
import {estimateFor} from '../world/estimate.ts';
import {type MockContext} from './context.ts';
import {partsOf} from './deploy.ts';

/** The dry run of a deploy: the same checks, nothing changed, no way to the provider. */
export function plan(_: MockContext, provider: string, spec: DeploySpec): ProviderPlan {
	const kind = kindOf(provider, spec.type);
	const parts = partsOf(provider, spec, 0);
	const size = kind?.sizes.find(({name}) => name === parts.size);
	const estimate = estimateCost(provider, spec);
	// What has a price is a line of the estimate already.
	const priced = new Set(estimate.components.map(({description}) => description));
	const lines = [
		{label: 'size', value: [parts.size, size?.description].filter(Boolean).join(' · ')},
		...(parts.storageGb === undefined ? [] : [{label: 'storage', value: `gp3 ${parts.storageGb} GB`}]),
		...(parts.hasPublicIp ? [{label: 'network', value: 'public IPv4'}] : []),
		...Object.entries(spec.fields)
			.filter(([name]) => !shown.has(name))
			.map(([name, value]) => ({label: name, value: String(value)})),
	].filter(({value}) => !priced.has(value));
	const isLarge = size?.hourlyNanos !== undefined && size.hourlyNanos > 5_000_000_000;
	return {
		lines,
		warnings: isLarge ? ['this is one of the dearest sizes'] : [],
		estimate,
	};
}

const shown: ReadonlySet<string> = new Set(['account', 'storageGb', 'publicIp']);

export const estimateCost = (provider: string, spec: DeploySpec): Estimate => {
	const parts = partsOf(provider, spec, 0);
	return estimateFor(kindOf(provider, spec.type)!, parts);
};

/** The dry run of anything else. */
export function planAction({world}: MockContext, action: ResourceOperation, target: ResourceTarget): ProviderPlan {
	const kind = kindOf(target.provider, target.type);
	const resource = world.get(target);
	if (action !== 'destroy') {
		return {lines: [{label: action, value: `${target.name} is ${resource?.status ?? 'gone'} now`}]};
	}

	const storage = resource?.cost?.components.find(({name, description}) => name === 'storage' && kind?.hasStorage && description);
	return {
		lines: [],
		takes: storage?.description === undefined ? [] : [`1 volume of ${storage.description}, deleted with it; no snapshot`],
		keeps: kind?.provider === 'nimbus' ? [`security group \`${target.account ?? 'default'}-ssh\``] : [],
	};
}

/** Sizes with what they are; one cannot be had at the moment, as everywhere. */
export async function choices(
	{timing}: MockContext,
	{provider, type}: ListQuery,
	{signal}: CallContext,
): Promise<Readonly<Record<string, readonly Choice[]>>> {
	await timing.roundTrip(signal);
	const sizes = kindOf(provider, type)?.sizes ?? [];
	return sizes.length === 0
		? {}
		: {
				size: sizes.map(({name, description, hourlyNanos}) => ({
					value: name,
					...(description !== '' && {description}),
					...(hourlyNanos !== undefined && {hourly: known(hourlyNanos)}),
					...(name === 'p4.24xlarge' && {unavailable: 'no quota for it in this account'}),
				})),
			};
}
