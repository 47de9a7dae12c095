import {setTimeout as sleep} from 'node:timers/promises';
import {type ResourceChange, type ResourceMetrics} from 'cws/sdk';
import {type DockerClient} from '../client/create-client.ts';
import {sampleOf} from '../container/meter.ts';
import {type DockerState} from '../state.ts';
import {type KnownRows} from './known-rows.ts';

// Of the time, so that hundreds of containers do not keep an engine busy, nor a dashboard that nobody touches.
const share = 20;
const eachMs = 100;
const atOnce = 4;

type Measuring = {
	readonly known: KnownRows;
	readonly tell: (changes: readonly ResourceChange[]) => void;
	readonly signal: AbortSignal;
};

/** Asks for the figures of what runs, again and again, and pushes the rows whose figures changed. */
export async function measure(state: DockerState, client: DockerClient, {known, tell, signal}: Measuring): Promise<void> {
	const {statsSeconds} = state.context.config;
	if (statsSeconds === 0) {
		await new Promise(() => {});
	}

	// The first figure of a processor needs a second sample soon.
	let wait = 1000;
	while (!signal.aborted) {
		await sleep(wait, undefined, {signal});
		const begin = performance.now();
		const running = known.of('container').filter(({status}) => status === 'running');
		const queue = running.map(({id}) => id);
		state.meter.keep(client.endpoint.account, new Set(queue));
		await Promise.all(
			Array.from({length: atOnce}, async () => {
				for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
					const sample = await sampleOf(client, id, signal);
					if (sample !== undefined) {
						state.meter.take(client.endpoint.account, id, sample);
					}
				}
			}),
		);
		// The rows may have changed meanwhile; only their figures are put in.
		const rows = known.of('container').flatMap(row => {
			const metrics = row.status === 'running' ? state.meter.of(row.id) : undefined;
			return metrics === undefined || isSame(metrics, row.metrics) ? [] : [{...row, metrics}];
		});
		tell(known.replace('container', rows, new Set()));
		wait = Math.max(statsSeconds * 1000, running.length * eachMs, (performance.now() - begin) * share);
	}
}

const isSame = (one: ResourceMetrics, other: ResourceMetrics | undefined): boolean =>
	one.cpuPercent === other?.cpuPercent && one.memoryBytes === other?.memoryBytes && one.memoryTotalBytes === other?.memoryTotalBytes;
