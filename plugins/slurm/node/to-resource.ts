import {free, type ProviderResource, type ResourceStatus} from 'cws/sdk';
import {sizeOf} from '../job/to-resource.ts';
import {type SlurmNode} from './node.ts';

const megabyte = 1_048_576;

/** A node of a cluster. It cannot be switched from here: that is an operator's work. */
export function nodeResource(node: SlurmNode, account: string): ProviderResource {
	const {id, states, cpus, usedCpus, memoryMb, usedMemoryMb, gpus, usedGpus, load, partitions, reason} = node;
	const size = sizeOf({...(cpus !== undefined && {cpus}), ...(memoryMb !== undefined && {memoryMb}), ...(gpus !== undefined && {gpus})});
	const used = usedMemoryMb ?? undefined;
	return {
		id,
		type: 'node',
		name: id,
		account,
		status: statusOf(states),
		rawStatus: states.join('+').toLowerCase(),
		...(reason !== undefined && {statusReason: reason}),
		...(size !== undefined && {size}),
		cost: {hourly: free('its jobs are counted, not the node'), components: [], confidence: 'exact', notCounted: []},
		protected: 'nodes belong to the operators of the cluster',
		metrics: {
			...(cpus !== undefined && usedCpus !== undefined && {cpuPercent: Math.round((usedCpus / cpus) * 100)}),
			...(used !== undefined && {memoryBytes: used * megabyte}),
			...(memoryMb !== undefined && {memoryTotalBytes: memoryMb * megabyte}),
			...(load !== undefined && {load1: load}),
		},
		meta: Object.fromEntries(
			Object.entries({
				partitions: partitions.join(','),
				cpus,
				cpusInJobs: usedCpus,
				memoryMb,
				memoryMbInJobs: usedMemoryMb,
				gpus,
				gpusInJobs: usedGpus,
				system: node.system,
				slurm: node.version,
				address: node.address,
			}).filter(([, value]) => value !== undefined && value !== ''),
		),
	};
}

const failed: ReadonlySet<string> = new Set(['DOWN', 'FAIL', 'ERROR', 'NOT_RESPONDING', 'NO_RESPOND', 'INVALID', 'INVALID_REG']);
const off: ReadonlySet<string> = new Set(['POWERED_DOWN', 'POWER_DOWN', 'POWERING_DOWN', 'FUTURE', 'DYNAMIC_FUTURE']);
const coming: ReadonlySet<string> = new Set(['POWERING_UP', 'POWER_UP', 'REBOOT', 'REBOOT_ISSUED', 'REBOOT_REQUESTED']);
const up: ReadonlySet<string> = new Set(['IDLE', 'ALLOCATED', 'MIXED', 'COMPLETING', 'RESERVED', 'PLANNED', 'BLOCKED']);

function statusOf(states: readonly string[]): ResourceStatus {
	const has = (set: ReadonlySet<string>) => states.some(state => set.has(state));
	if (has(failed)) {
		return 'failed';
	}

	if (has(off)) {
		return 'stopped';
	}

	if (has(coming)) {
		return 'creating';
	}

	// Drained: nothing new comes, what runs may end.
	if (states.includes('DRAIN') || states.includes('DRAINED') || states.includes('DRAINING')) {
		return states.some(state => state === 'ALLOCATED' || state === 'MIXED' || state === 'DRAINING') ? 'stopping' : 'stopped';
	}

	return has(up) ? 'running' : 'unknown';
}
