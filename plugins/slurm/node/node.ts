import {type Entry, isEntry, number, positive, text, texts} from '../read.ts';
import {countGpus} from '../job/tres.ts';

export type SlurmNode = {
	readonly id: string;
	readonly states: readonly string[];
	readonly cpus?: number;
	readonly usedCpus?: number;
	readonly memoryMb?: number;
	readonly usedMemoryMb?: number;
	readonly freeMemoryMb?: number;
	readonly load?: number;
	readonly gpus?: number;
	readonly usedGpus?: number;
	readonly partitions: readonly string[];
	readonly reason?: string;
	readonly system?: string;
	readonly version?: string;
	readonly address?: string;
};

export function readNode(entry: unknown): SlurmNode | undefined {
	const id = isEntry(entry) ? text(entry, 'name') : undefined;
	const states = isEntry(entry) ? statesOf(entry) : [];
	if (!isEntry(entry) || id === undefined || states.length === 0) {
		return undefined;
	}

	const all = {
		id,
		states,
		cpus: positive(entry, 'cpus'),
		usedCpus: number(entry, 'alloc_cpus'),
		memoryMb: positive(entry, 'real_memory'),
		usedMemoryMb: number(entry, 'alloc_memory'),
		freeMemoryMb: number(entry, 'free_memory') ?? number(entry, 'free_mem'),
		load: loadOf(entry),
		gpus: countGpus(text(entry, 'gres')),
		usedGpus: countGpus(text(entry, 'gres_used')),
		partitions: texts(entry, 'partitions').flatMap(name => name.split(',')),
		reason: text(entry, 'reason'),
		system: text(entry, 'operating_system'),
		version: text(entry, 'version') ?? text(entry, 'slurmd_version'),
		address: text(entry, 'address'),
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as SlurmNode;
}

// `IDLE+DRAIN`, `mixed*`, or a list; older versions keep the flags apart.
function statesOf(entry: Entry): readonly string[] {
	return [...texts(entry, 'state'), ...texts(entry, 'state_flags')]
		.flatMap(state => state.split('+'))
		.map(state => state.replace(/[*~#!%$@^-]+$/, '').toUpperCase())
		.filter(state => /^[A-Z_]+$/.test(state));
}

// In hundredths as JSON, as a decimal from `scontrol show`.
function loadOf(entry: Entry): number | undefined {
	const words = text(entry, 'cpu_load');
	const hundredths = number(entry, 'cpu_load');
	const load = words === undefined ? hundredths && hundredths / 100 : Number(words);
	return load !== undefined && Number.isFinite(load) && load < 1e6 ? load : undefined;
}
