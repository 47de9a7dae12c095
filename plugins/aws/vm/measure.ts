import {type CallContext, formatBytes, providerError, type ProviderResource, type ResourceMetrics, type ResourceTarget} from 'cws/sdk';
import {type AwsState} from '../state.ts';
import {type Measured} from './metrics.ts';
import {findVm, type FoundVm, needVm} from './read.ts';

// Before that EC2 has measured nothing.
const firstMs = 300_000;

/** What one instance does now, as far as EC2 sees it from outside: processor and time, not memory. */
export async function measureVm(state: AwsState, target: ResourceTarget, {signal}: CallContext): Promise<ResourceMetrics> {
	const found = await needVm(state, target, signal);
	if (found.resource.status !== 'running') {
		throw providerError('CWS_INVALID_STATE', {message: `\`${target.name}\` is ${found.resource.status}.`, fix: 'start it first'});
	}

	return metricsOf(state, found, await measured(state, found, signal));
}

/** An instance as it is now, with its figures where it runs long enough to have some. */
export async function getVm(state: AwsState, target: ResourceTarget, signal: AbortSignal): Promise<ProviderResource | null> {
	const found = await findVm(state, target, signal);
	if (found?.resource.status !== 'running') {
		return found?.resource ?? null;
	}

	const {received, sent, ...more} = (await measured(state, found, signal)) ?? {};
	return {
		...found.resource,
		metrics: metricsOf(state, found, more),
		meta: {
			...found.resource.meta,
			...(received !== undefined && sent !== undefined && {network: `${formatBytes(received)}/s in, ${formatBytes(sent)}/s out`}),
		},
	};
}

const runsFor = ({world}: AwsState, {instance}: FoundVm): number | undefined =>
	instance.LaunchTime === undefined ? undefined : Math.max(0, world.now() - instance.LaunchTime.getTime());

async function measured(state: AwsState, found: FoundVm, signal: AbortSignal): Promise<Measured | undefined> {
	return (runsFor(state, found) ?? 0) < firstMs ? undefined : state.meter.measure(found.part, found.resource.id, signal);
}

function metricsOf(state: AwsState, found: FoundVm, {cpuPercent}: Measured = {}): ResourceMetrics {
	const uptimeMs = runsFor(state, found);
	return {...(cpuPercent !== undefined && {cpuPercent}), ...(uptimeMs !== undefined && Number.isFinite(uptimeMs) && {uptimeMs})};
}
