import {amount, type Estimate, free, unknown} from 'cws/sdk';
import {type DockerConfig} from './context.ts';
import {type Endpoint, isLocal} from './endpoint/endpoint.ts';

const nothing = (reason: string): Estimate => ({hourly: free(reason), components: [], confidence: 'exact', notCounted: []});

/** What a running container costs an hour: a rate of the configuration, nothing on this machine, unknown elsewhere. */
export function estimateContainer(endpoint: Endpoint, {ratePerHour, currency}: Pick<DockerConfig, 'ratePerHour' | 'currency'>): Estimate {
	const rate = endpoint.ratePerHour ?? (isLocal(endpoint) ? undefined : ratePerHour);
	if (rate === undefined) {
		return isLocal(endpoint)
			? nothing('runs on this machine')
			: {
					hourly: unknown(
						`nobody said what an hour of \`${endpoint.account}\` costs; set \`plugins.docker.hosts.${endpoint.account}.ratePerHour\``,
					),
					components: [],
					confidence: 'unknown',
					notCounted: [],
				};
	}

	const hourly = amount(rate, currency);
	return {
		hourly,
		stoppedHourly: free('a stopped container costs nothing'),
		components: [{name: 'compute', description: 'rate per hour of the configuration', hourly, source: 'override', billsWhenStopped: false}],
		confidence: 'estimated',
		notCounted: ['the disk of its machine'],
	};
}

/** Volumes and images are part of a machine's disk. */
export const estimateStorage = (endpoint: Endpoint): Estimate =>
	isLocal(endpoint)
		? nothing('lies on the disk of this machine')
		: {hourly: unknown('it lies on the disk of another machine'), components: [], confidence: 'unknown', notCounted: []};
