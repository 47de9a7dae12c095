import {type Entry} from '../read.ts';

// What `scontrol show … -o` calls it, and what the JSON of newer versions does.
const names = {
	nodes: {
		NodeName: 'name',
		State: 'state',
		CPUTot: 'cpus',
		CPUAlloc: 'alloc_cpus',
		CPULoad: 'cpu_load',
		RealMemory: 'real_memory',
		AllocMem: 'alloc_memory',
		FreeMem: 'free_memory',
		Gres: 'gres',
		GresUsed: 'gres_used',
		Partitions: 'partitions',
		Reason: 'reason',
		OS: 'operating_system',
		Arch: 'architecture',
		Version: 'version',
		AllocTRES: 'tres_used',
		CfgTRES: 'tres',
		NodeAddr: 'address',
	},
	partitions: {
		PartitionName: 'name',
		State: 'state',
		Nodes: 'nodes',
		TotalCPUs: 'total_cpus',
		TotalNodes: 'total_nodes',
		MaxTime: 'max_time',
		Default: 'default',
		TRES: 'tres',
	},
} as const;

const numeric: ReadonlySet<string> = new Set([
	'cpus',
	'alloc_cpus',
	'real_memory',
	'alloc_memory',
	'free_memory',
	'total_cpus',
	'total_nodes',
]);

/** One entry a line, `Key=value` with spaces in some values: a value goes on until the next key. */
export function parseShown(kind: 'nodes' | 'partitions', text: string): readonly Entry[] {
	const known: Readonly<Record<string, string>> = names[kind];
	return text
		.split('\n')
		.filter(line => line.trim() !== '')
		.map(line => {
			const pairs = [...line.matchAll(/(?:^|\s)([A-Z][\w:/]*)=(.*?)(?=\s+[A-Z][\w:/]*=|\s*$)/g)];
			return Object.fromEntries(
				pairs.flatMap(([, key = '', value = '']) => {
					const name = Object.hasOwn(known, key) ? known[key]! : undefined;
					return name === undefined ? [] : [[name, numeric.has(name) ? Number.parseInt(value, 10) : value]];
				}),
			);
		});
}
