import {setTimeout as delay} from 'node:timers/promises';
import {type Bench, type Figure} from './bench.ts';
import {withDemo} from './support/demo.ts';
import {measureKeys, measureOpening, repeat} from './support/measure-keys.ts';
import {startProbe, type Probe} from './support/probe.ts';
import {median, p95} from './support/stats.ts';

/** A sixtieth of a second. */
const frameMs = 16;

/** Keys over 100,000 resources. */
export const keys: Bench = {
	name: 'keys',
	async run(installed) {
		let whileLoading: readonly number[] = [];
		const echo = await measureEcho();
		return withDemo(installed, 'keys', {
			async onStart(probe) {
				whileLoading = await measureKeys(probe, repeat(['j', 'j', 'k'], 15));
			},
			async work(probe) {
				return [
					...(await keyFigures(probe, 'key', 'with 100,000 resources')),
					{
						name: 'key of a peer, p95',
						value: p95(echo),
						unit: 'ms',
						beside: `a Node program that echoes; median ${median(echo).toFixed(1)} ms`,
					},
					{name: 'key, p95 while they load', value: p95(whileLoading), unit: 'ms', beside: `median ${median(whileLoading).toFixed(1)} ms`},
				];
			},
		});
	},
};

const echoProgram = "process.stdin.setRawMode(true).on('data', key => process.stdout.write(key))";

/** What the machine and the terminal take by themselves. */
export async function measureEcho(): Promise<readonly number[]> {
	const probe = startProbe({command: process.execPath, args: ['-e', echoProgram]});
	try {
		await delay(500);
		return await measureKeys(probe, repeat(['x', 'y', 'z'], 25));
	} finally {
		await probe.close();
	}
}

export async function keyFigures(probe: Probe, name: string, beside: string): Promise<readonly Figure[]> {
	// Also a minute-long session meets what runs every half minute, so the keys are spread over more than that.
	const groups: Record<string, readonly number[]> = {};
	const add = (group: string, times: readonly number[]) => {
		groups[group] = [...(groups[group] ?? []), ...times];
	};
	for (let round = 0; round < 3; round++) {
		add('rows', await measureKeys(probe, repeat(['j', 'j', 'j', 'k'], 10)));
		add('pages', await measureKeys(probe, repeat(['pageDown', 'pageDown', 'pageUp'], 4)));
		add('ends', await measureKeys(probe, repeat(['G', 'g'], 5)));
		add('panes', await measureKeys(probe, repeat(['tab'], 12)));
		add('overlays', [
			...(await measureOpening(probe, '?', 3)),
			...(await measureOpening(probe, ':', 3)),
			...(await measureOpening(probe, 'a', 3)),
		]);
		await delay(4000);
	}

	const all = Object.values(groups).flat();
	const told = Object.entries(groups).map(([group, times]) => `${group} ${median(times).toFixed(0)}/${p95(times).toFixed(0)}`);
	return [
		{name: `${name}, p95`, value: p95(all), unit: 'ms', limit: frameMs, beside: `${beside}; median/p95 of ${told.join(', ')}`},
		{name: `${name}, median`, value: median(all), unit: 'ms', limit: frameMs, beside: `${all.length} keys`},
		{name: `${name}, slowest`, value: Math.max(...all), unit: 'ms', beside: 'the one worst key'},
	];
}
