import {type ResourceMetrics, type ResourceTarget} from 'cws/sdk';
import {hashOf} from '../world/random.ts';
import {type MockContext} from './context.ts';

const gigabyte = 1024 ** 3;

/** Figures that wander a little with the time and are always the same for the same minute. */
export async function metrics(
	{world, timing, faults, now}: MockContext,
	target: ResourceTarget,
	signal: AbortSignal,
): Promise<ResourceMetrics> {
	await timing.roundTrip(signal);
	faults.beforeCall(target.provider);
	const resource = world.get(target);
	if (resource?.status !== 'running') {
		return {};
	}

	const chance = hashOf(`${target.id}/${Math.floor(now() / 60_000)}`) % 100;
	return {
		cpuPercent: resource.metrics?.cpuPercent ?? chance,
		memoryBytes: (1 + (chance % 12)) * gigabyte,
		memoryTotalBytes: 16 * gigabyte,
		...(resource.createdAt !== undefined && {uptimeMs: Math.max(0, now() - resource.createdAt)}),
	};
}
