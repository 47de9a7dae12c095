import {setTimeout as delay} from 'node:timers/promises';
import {type Bench} from './bench.ts';
import {startProbe, type Probe} from './support/probe.ts';
import {cpuSeconds, residentMb} from './support/process-cost.ts';
import {withWorkstations} from './support/run-headless.ts';

// What was only compiled for the start is compiled anew in its first minute: that is not how a day of it goes.
const settleMs = 60_000;
const watchMs = 40_000;
const stepMs = 1000;

/** A dashboard nobody touches: three local workstations. */
export const idle: Bench = {
	name: 'idle',
	async run(installed) {
		return withWorkstations(installed, {name: 'idle', count: 3}, async home => {
			const probe = startProbe({command: process.execPath, args: [installed.bin], env: {CWS_HOME: home}});
			try {
				await probe.until(screen => /4 of 4 · live/.test(screen), 'the answer of the provider');
				await delay(settleMs);
				const cpuBefore = cpuSeconds(probe.pid);
				const seen = await watch(probe);
				const cpu = (100 * (cpuSeconds(probe.pid) - cpuBefore)) / (watchMs / 1000);
				const memory = residentMb(probe.pid);
				return [
					{
						name: 'idle, bytes between age steps',
						value: seen.between,
						unit: 'bytes',
						limit: 0,
						// A figure of the machine itself changed meanwhile: noise, not a dashboard that never rests.
						gross: 4000,
						beside: `${seen.frames} frames in ${watchMs / 1000} s, what they changed told below`,
					},
					{name: 'idle, largest age step', value: seen.largest, unit: 'bytes', limit: 600, beside: seen.told},
					{name: 'one changed cell', value: seen.line, unit: 'bytes', limit: 600, beside: 'the largest change of one line'},
					{name: 'idle, processor', value: cpu, unit: '%', limit: 0.5, beside: 'all threads'},
					{name: 'idle, resident memory', value: memory, unit: 'MB', limit: 160, beside: 'with the bundled plugins'},
				];
			} finally {
				await probe.close();
			}
		});
	},
};

type Seen = {readonly between: number; readonly largest: number; readonly line: number; readonly frames: number; readonly told: string};

/** Bytes that changed nothing a person can see, or came between the steps, count as between. */
async function watch(probe: Probe): Promise<Seen> {
	let between = 0;
	let largest = 0;
	let line = 0;
	const from = probe.writes.length;
	let before = probe.screen();
	let known = from;
	const until = performance.now() + watchMs;
	const told: string[] = [];
	while (performance.now() < until) {
		await delay(stepMs / 4);
		const after = probe.screen();
		const bytes = probe.writes.slice(known).reduce((sum, write) => sum + write.bytes, 0);
		known = probe.writes.length;
		if (bytes > 0) {
			largest = Math.max(largest, bytes);
			const change = changedWords(before, after);
			told.push(`${bytes}: ${change.join(' ')}`);
			line = Math.max(line, changedLines(before, after) === 1 ? bytes : 0);
			between += after === before ? bytes : 0;
		}

		before = after;
	}

	return {between, largest, line, frames: probe.writes.length - from, told: told.slice(0, 4).join('; ') || 'no step fell into the time'};
}

function changedWords(before: string, after: string): readonly string[] {
	const old = before.split('\n');
	return after
		.split('\n')
		.flatMap((row, index) => {
			const known = new Set((old[index] ?? '').split(/\s+/));
			return row === old[index] ? [] : row.split(/\s+/).filter(word => !known.has(word));
		})
		.slice(0, 4);
}

const changedLines = (before: string, after: string): number => {
	const old = before.split('\n');
	return after.split('\n').filter((row, index) => row !== old[index]).length;
};
