import {amount, type CostComponent, type Estimate, free, type Money, times, unknown} from 'cws/sdk';
import {type Rates} from './config.ts';
import {type Tres} from './job/tres.ts';

/** What an hour of a running job costs by the rates somebody set; unknown where nobody did. */
export function estimateJob({cpus, memoryMb, gpus}: Tres, {corePerHour, gbPerHour, gpuPerHour}: Rates, currency: string): Estimate {
	if (corePerHour === undefined && gbPerHour === undefined && gpuPerHour === undefined) {
		return {
			hourly: unknown('nobody said what an hour costs here; set `plugins.slurm.corePerHour`, `gbPerHour` or `gpuPerHour`'),
			stoppedHourly: free('a job that does not run costs nothing'),
			components: [],
			confidence: 'unknown',
			notCounted: [],
		};
	}

	const parts = [
		{name: 'cores', quantity: cpus, rate: corePerHour, unit: 'core'},
		{name: 'memory', quantity: memoryMb === undefined ? undefined : memoryMb / 1024, rate: gbPerHour, unit: 'GB'},
		{name: 'gpus', quantity: gpus, rate: gpuPerHour, unit: 'GPU'},
	];
	const components = parts.flatMap(({name, quantity, rate, unit}): readonly CostComponent[] =>
		quantity === undefined || quantity === 0 || rate === undefined
			? []
			: [
					{
						name,
						description: `${Number(quantity.toFixed(2))} × ${unit} at the rate of the configuration`,
						hourly: times(amount(rate, currency), quantity),
						quantity,
						unit,
						source: 'override',
						billsWhenStopped: false,
					},
				],
	);
	return {
		hourly: components.length === 0 ? unknown('the job does not say how much it asks for') : sum(components, currency),
		stoppedHourly: free('a job that does not run costs nothing'),
		components,
		confidence: components.length === 0 ? 'unknown' : 'estimated',
		notCounted: parts.filter(({quantity, rate}) => (quantity ?? 0) > 0 && rate === undefined).map(({name}) => `${name} (no rate is set)`),
	};
}

/** Of a job that waits: nothing is used before it starts. */
export const waitingCost: Estimate = {
	hourly: free('it waits in the queue; it costs from its start'),
	components: [],
	confidence: 'exact',
	notCounted: [],
};

function sum(components: readonly CostComponent[], currency: string): Money {
	const nanos = components.reduce((sum, {hourly}) => sum + (hourly.kind === 'known' ? hourly.nanos : 0), 0);
	return {kind: 'known', nanos, currency};
}
