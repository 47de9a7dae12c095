import {type ResourceMetrics} from 'cws/sdk';
import {type LocalContext} from '../context.ts';
import {type MachineSample, machineMetrics, sampleMachine} from '../machine/machine-metrics.ts';
import {type Observation} from '../workstation/observe.ts';
import {coarsen} from './coarse.ts';
import {metricsBetween, type Sample, sampleRuns} from './group-metrics.ts';

/** The figures the list shows; measured now and then, and kept until they really differ. */
export type Metrics = {
	readonly refresh: (observations: readonly Observation[]) => void;
	readonly refreshMachine: () => void;
	readonly of: (id: string) => ResourceMetrics | undefined;
	readonly ofMachine: () => ResourceMetrics | undefined;
};

const intervalMs = 5000;
const machineIntervalMs = 10_000;
// A pass over every process of a large machine costs; it may take a two-hundredth of the time at most.
const costFactor = 200;

export function createMetrics(context: LocalContext): Metrics {
	let samples: ReadonlyMap<string, Sample> = new Map();
	let shown: ReadonlyMap<string, ResourceMetrics> = new Map();
	let nextAt = 0;
	let machine: {readonly sample: MachineSample; readonly shown: ResourceMetrics} | undefined;
	let machineNextAt = 0;
	return {
		refresh(observations) {
			const live = observations.filter(({leader}) => leader !== undefined);
			const begin = performance.now();
			if (live.length === 0) {
				shown = new Map();
				return;
			}

			if (begin < nextAt && live.every(({stored}) => shown.has(stored.record.id))) {
				return;
			}

			const now = sampleRuns(
				context,
				live.map(({stored}) => stored.run!),
			);
			shown = new Map(
				live.map(({stored: {record, run}}) => {
					const uptimeMs = Date.now() - (record.start?.at ?? record.createdAt);
					return [record.id, coarsen(shown.get(record.id), metricsBetween(samples.get(run!.run), now.get(run!.run)!, uptimeMs))];
				}),
			);
			samples = now;
			nextAt = begin + Math.max(intervalMs, (performance.now() - begin) * costFactor);
		},
		refreshMachine() {
			if (performance.now() < machineNextAt) {
				return;
			}

			const sample = sampleMachine();
			machine = {sample, shown: coarsen(machine?.shown, machineMetrics(context.root, machine?.sample, sample))};
			// The first percentage needs two samples; it should not take long to come.
			machineNextAt = performance.now() + (machine.shown.cpuPercent === undefined ? 900 : machineIntervalMs);
		},
		of: id => shown.get(id),
		ofMachine: () => machine?.shown,
	};
}
