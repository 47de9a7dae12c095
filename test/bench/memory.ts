import {type Bench} from './bench.ts';
import {runHeadless, withWorkstations} from './support/run-headless.ts';
import {median} from './support/stats.ts';

const refreshes = 2000;
const warmUp = 1000;
const window = 200;
const growthLimit = 5;

/** Resident memory over 2,000 refreshes of the bundled plugins. */
export const memory: Bench = {
	name: 'memory',
	async run(installed) {
		return withWorkstations(installed, {name: 'memory', count: 3}, async home => {
			const startedAt = performance.now();
			const resident = await runHeadless<readonly number[]>(installed, home, 'refresh', String(warmUp + refreshes));
			const tookMs = (performance.now() - startedAt) / resident.length;
			const first = median(resident.slice(warmUp, warmUp + window));
			const last = median(resident.slice(-window));
			return [
				{
					name: `growth over ${refreshes} refreshes`,
					value: Math.max(0, (100 * (last - first)) / first),
					unit: '%',
					limit: growthLimit,
					beside: `${first.toFixed(0)} → ${last.toFixed(0)} MB, most ${Math.max(...resident).toFixed(0)} MB, ${tookMs.toFixed(1)} ms each`,
				},
			];
		});
	},
};
