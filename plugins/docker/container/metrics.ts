import {setTimeout as sleep} from 'node:timers/promises';
import {type CallContext, providerError, type ResourceMetrics, type ResourceTarget} from 'cws/sdk';
import {timeAt} from '../read.ts';
import {type DockerState} from '../state.ts';
import {metricsBetween, sampleOf} from './meter.ts';
import {needContainer} from './read.ts';

const betweenMs = 300;

/** The figures of one container over a moment, and how long it runs. */
export async function measureContainer(state: DockerState, target: ResourceTarget, {signal}: CallContext): Promise<ResourceMetrics> {
	const {client, resource, details} = await needContainer(state, target, signal);
	const before = resource.status === 'running' ? await sampleOf(client, target.id, signal) : undefined;
	if (before === undefined) {
		throw providerError('CWS_INVALID_STATE', {message: `\`${target.name}\` is not running.`, fix: 'start it'});
	}

	await sleep(betweenMs, undefined, {signal});
	const now = (await sampleOf(client, target.id, signal)) ?? before;
	const startedAt = timeAt(details, 'State', 'StartedAt');
	return {...metricsBetween(before, now), ...(startedAt !== undefined && {uptimeMs: Math.max(0, Date.now() - startedAt)})};
}
