import {FailureError, type ListPage, type ProviderResource} from 'cws/sdk';
import {type Cluster} from './cluster/cluster.ts';
import {isThere} from './job/find.ts';
import {jobResource} from './job/to-resource.ts';
import {nodeResource} from './node/to-resource.ts';
import {partitionResource} from './partition/partition.ts';
import {type SlurmState} from './state.ts';

export const types = ['job', 'node', 'partition'] as const;

export type SlurmType = (typeof types)[number];

export const isSlurmType = (type: string): type is SlurmType => types.includes(type as SlurmType);

const pageSize = 500;

/** Asks all clusters at once; each page goes out when it is there, and one that does not answer is named instead. */
export async function* list(state: SlurmState, type: SlurmType, signal: AbortSignal): AsyncGenerator<ListPage> {
	const missing: NonNullable<ListPage['missing']>[number][] = [];
	const failures: unknown[] = [];
	const running = new Map(
		state.clusters.map(cluster => [
			cluster,
			readType(state, cluster, type, signal).then(
				page => ({cluster, page}) as const,
				(error: unknown) => ({cluster, error}) as const,
			),
		]),
	);
	while (running.size > 0) {
		const answer = await Promise.race(running.values());
		running.delete(answer.cluster);
		if ('page' in answer) {
			yield* pagesOf(answer.page);
		} else {
			failures.push(answer.error);
			missing.push(missingPart(answer.cluster, answer.error));
		}
	}

	// With nothing else to show, the failure says more than a list with a hole.
	if (state.clusters.length === 1 && failures.length === 1) {
		throw failures[0];
	}

	if (missing.length > 0) {
		yield {resources: [], missing};
	}
}

type Page = {readonly count: number; readonly resourceAt: (index: number) => ProviderResource; readonly skipped: number};

/** Rows are made a page at a time: a cluster may have very many. */
async function readType({config}: SlurmState, cluster: Cluster, type: SlurmType, signal: AbortSignal): Promise<Page> {
	const {name, reader, client} = cluster;
	const page = <Item>(
		{items, skipped}: {readonly items: readonly Item[]; readonly skipped: number},
		toResource: (item: Item) => ProviderResource,
	): Page => ({
		count: items.length,
		resourceAt: index => toResource(items[index]!),
		skipped,
	});
	switch (type) {
		case 'job': {
			const {items, skipped} = (await reader.read('jobs', signal)).answer;
			const user = client.user();
			const shown = items.filter(job => isThere(job) && (config.jobs === 'all' || job.user === undefined || job.user === user));
			return page({items: shown, skipped}, job => jobResource(job, cluster, config.currency));
		}

		case 'node': {
			return page((await reader.read('nodes', signal)).answer, node => nodeResource(node, name));
		}

		case 'partition': {
			return page((await reader.read('partitions', signal)).answer, partition => partitionResource(partition, name));
		}
	}
}

function* pagesOf({count, resourceAt, skipped}: Page): Generator<ListPage> {
	for (let first = 0; first === 0 || first < count; first += pageSize) {
		const size = Math.min(pageSize, count - first);
		yield {
			resources: Array.from({length: size}, (_, index) => resourceAt(first + index)),
			...(first === 0 && skipped > 0 && {skipped}),
		};
	}
}

function missingPart({name}: Cluster, error: unknown): NonNullable<ListPage['missing']>[number] {
	if (!(error instanceof FailureError)) {
		throw error;
	}

	const {code, cause, message, fix} = error.failure;
	return {account: name, reason: cause ?? message, ...(code === 'CWS_NEEDS_LOGIN' && {needsLogin: true}), ...(fix !== undefined && {fix})};
}
