import {type DemoFleet} from './fleet.ts';

const day = 1440;
const waits = {state: 'PENDING'};

/** A small one with an older Slurm and without prices. */
export const beta: DemoFleet = {
	release: '22.05.8',
	partitions: [
		{name: 'batch', state: 'UP', nodes: 'b[1-2]', maxTime: 'UNLIMITED', isDefault: true},
		{name: 'drain', state: 'DRAIN', nodes: 'b2', maxTime: '02:00:00'},
	],
	nodes: [
		{name: 'b1', partitions: 'batch', cpus: 128, memoryGb: 1024},
		{name: 'b2', partitions: 'batch,drain', cpus: 128, memoryGb: 1024, state: 'MIXED+DRAIN', reason: 'new firmware on Friday'},
	],
	jobs: [
		{
			id: 907,
			name: 'climate-2050',
			user: 'emmy',
			partition: 'batch',
			cpus: 96,
			memoryGb: 700,
			nodes: ['b1'],
			state: 'RUNNING',
			submittedMinutes: 9000,
			startedMinutes: 8900,
			limitMinutes: 30 * day,
		},
		{
			id: 911,
			name: 'render',
			user: 'ada',
			partition: 'batch',
			cpus: 24,
			memoryGb: 60,
			nodes: ['b2'],
			state: 'RUNNING',
			submittedMinutes: 130,
			startedMinutes: 128,
			limitMinutes: 6 * 60,
		},
		{
			id: 915,
			name: 'render-next',
			user: 'ada',
			partition: 'batch',
			cpus: 96,
			memoryGb: 60,
			...waits,
			reason: 'Resources',
			submittedMinutes: 20,
			limitMinutes: 6 * 60,
		},
	],
};
