import {setTimeout as delay} from 'node:timers/promises';
import {type Bench, type Figure} from './bench.ts';
import {type Installed} from './support/install-copy.ts';
import {type Probe, startProbe} from './support/probe.ts';
import {residentMb} from './support/process-cost.ts';
import {runHeadless, withWorkstations} from './support/run-headless.ts';
import {median} from './support/stats.ts';

const refreshes = 2000;
const warmUp = 1000;
const window = 200;
const growthLimit = 5;

// With a frame for each, so fewer of them: the same dashboard, as long as somebody holds the key down.
const pressed = 600;
const pressedWarmUp = 600;
const pressedWindow = 60;
const paceMs = 60;

/** Resident memory over refreshes of the bundled plugins: 2,000 without a screen, and some hundred by the key of the dashboard. */
export const memory: Bench = {
	name: 'memory',
	async run(installed) {
		return withWorkstations(installed, {name: 'memory', count: 3}, async home => [
			...(await withoutScreen(installed, home)),
			...(await byKey(installed, home)),
		]);
	},
};

async function withoutScreen(installed: Installed, home: string): Promise<readonly Figure[]> {
	const startedAt = performance.now();
	const resident = await runHeadless<readonly number[]>(installed, home, 'refresh', String(warmUp + refreshes));
	const tookMs = (performance.now() - startedAt) / resident.length;
	return [
		{
			name: `growth over ${refreshes} refreshes`,
			limit: growthLimit,
			...growth(resident, {from: warmUp, window}),
			beside: `${range(resident, {from: warmUp, window})}, ${tookMs.toFixed(1)} ms each`,
		},
	];
}

async function byKey(installed: Installed, home: string): Promise<readonly Figure[]> {
	const probe = startProbe({command: process.execPath, args: [installed.bin], env: {CWS_HOME: home}});
	try {
		await probe.until(screen => /4 of 4 · live/.test(screen), 'the answer of the provider');
		const resident: number[] = [];
		for (let index = 0; index < pressedWarmUp + pressed; index++) {
			probe.type('R');
			await delay(paceMs);
			resident.push(residentMb(probe.pid));
		}

		await assertAsked(probe, resident.length);

		const span = {from: pressedWarmUp, window: pressedWindow};
		return [{name: `growth over ${pressed} times \`R\``, limit: growthLimit, ...growth(resident, span), beside: range(resident, span)}];
	} finally {
		await probe.close();
	}
}

/** The plugin's own page counts what it was asked. */
async function assertAsked(probe: Probe, times: number): Promise<void> {
	await probe.press('1');
	await probe.press('enter');
	await probe.until(screen => Number(/calls\s+(\d+)/.exec(screen)?.[1]) >= times, `${times} calls of the plugin`);
}

type Span = {readonly from: number; readonly window: number};

const ends = (resident: readonly number[], {from, window: length}: Span) => ({
	first: median(resident.slice(from, from + length)),
	last: median(resident.slice(-length)),
});

function growth(resident: readonly number[], span: Span): Pick<Figure, 'value' | 'unit'> {
	const {first, last} = ends(resident, span);
	return {value: Math.max(0, (100 * (last - first)) / first), unit: '%'};
}

function range(resident: readonly number[], span: Span): string {
	const {first, last} = ends(resident, span);
	return `${first.toFixed(0)} → ${last.toFixed(0)} MB, most ${Math.max(...resident).toFixed(0)} MB`;
}
