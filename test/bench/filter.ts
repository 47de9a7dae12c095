import {setTimeout as delay} from 'node:timers/promises';
import {type Bench} from './bench.ts';
import {withDemo} from './support/demo.ts';
import {median, p95} from './support/stats.ts';

const limitMs = 50;
const words = ['api-12', 'render', 'state:stopped', '!nimbus', 'prod', 'type:job'];

/** Each letter typed into the filter over 100,000 rows, and each taken back. */
export const filter: Bench = {
	name: 'filter',
	async run(installed) {
		return withDemo(installed, 'filter', {
			async work(probe) {
				const times: number[] = [];
				// The first letter finds whatever a person would find prepared by then.
				await delay(2000);
				for (const word of words) {
					await probe.press('/');
					await delay(100);
					for (const letter of word) {
						times.push(await probe.press(letter, (after, before) => titleOf(after) !== titleOf(before)));
						await delay(90);
					}

					times.push(await probe.press('backspace', (after, before) => titleOf(after) !== titleOf(before)));
					await probe.press('esc');
					await delay(150);
				}

				return [
					{name: 'filter keystroke, p95', value: p95(times), unit: 'ms', limit: limitMs, beside: 'over 100,000 rows'},
					{name: 'filter keystroke, median', value: median(times), unit: 'ms', limit: limitMs, beside: `${times.length} letters`},
				];
			},
		});
	},
};

// The title holds what was typed and how many rows are left.
const titleOf = (screen: string): string => /2 Resources[^\n]*/.exec(screen)?.[0] ?? '';
