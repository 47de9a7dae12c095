import {free, type ProviderResource, type ResourceStatus} from 'cws/sdk';
import {parseTres} from '../job/tres.ts';
import {sizeOf} from '../job/to-resource.ts';
import {type Entry, isEntry, number, part, positive, text, texts} from '../read.ts';

export type Partition = {
	readonly id: string;
	readonly state: string;
	readonly nodes?: string;
	readonly nodeCount?: number;
	readonly cpus?: number;
	readonly memoryMb?: number;
	readonly gpus?: number;
	readonly isDefault: boolean;
	/** As Slurm writes it, or minutes. */
	readonly maxTime?: string;
};

export function readPartition(entry: unknown): Partition | undefined {
	const id = isEntry(entry) ? text(entry, 'name') : undefined;
	// Since v0.0.39 most of it lies a level deeper.
	const state = isEntry(entry) ? (texts(entry, 'state')[0] ?? texts(part(entry, 'partition'), 'state')[0]) : undefined;
	if (!isEntry(entry) || id === undefined || state === undefined) {
		return undefined;
	}

	const {memoryMb, gpus, nodes} = parseTres(text(entry, 'tres') ?? text(part(entry, 'tres'), 'configured'));
	const all = {
		id,
		state: state.toUpperCase(),
		nodes: text(entry, 'nodes') ?? text(part(entry, 'nodes'), 'configured'),
		nodeCount: positive(entry, 'total_nodes') ?? positive(part(entry, 'nodes'), 'total') ?? nodes,
		cpus: positive(entry, 'total_cpus') ?? positive(part(entry, 'cpus'), 'total'),
		memoryMb,
		gpus,
		isDefault:
			entry['default'] === 'YES' || [...texts(entry, 'flags'), ...texts(entry, 'flag')].some(flag => flag.toLowerCase() === 'default'),
		maxTime: maxTimeOf(entry),
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as Partition;
}

function maxTimeOf(entry: Entry): string | undefined {
	const words = text(entry, 'max_time');
	const minutes = positive(entry, 'max_time_limit') ?? number(part(entry, 'maximums'), 'time');
	return words ?? (minutes === undefined ? undefined : `${minutes} min`);
}

const statuses: Readonly<Record<string, ResourceStatus>> = {UP: 'running', DOWN: 'stopped', INACTIVE: 'stopped', DRAIN: 'stopping'};

export function partitionResource(partition: Partition, account: string): ProviderResource {
	const {id, state, nodeCount, cpus, memoryMb, gpus} = partition;
	const size = sizeOf({
		...(cpus !== undefined && {cpus}),
		...(memoryMb !== undefined && {memoryMb}),
		...(gpus !== undefined && {gpus}),
		...(nodeCount !== undefined && {nodes: nodeCount}),
	});
	return {
		id,
		type: 'partition',
		name: id,
		account,
		status: Object.hasOwn(statuses, state) ? statuses[state]! : 'unknown',
		rawStatus: state.toLowerCase(),
		...(size !== undefined && {size}),
		cost: {hourly: free('its jobs are counted, not the partition'), components: [], confidence: 'exact', notCounted: []},
		protected: 'partitions belong to the operators of the cluster',
		meta: Object.fromEntries(
			Object.entries({
				nodes: partition.nodes,
				nodeCount,
				cpus,
				memoryMb,
				gpus,
				default: partition.isDefault,
				maxTime: partition.maxTime,
			}).filter(([, value]) => value !== undefined),
		),
	};
}
