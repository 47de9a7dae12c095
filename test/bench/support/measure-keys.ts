import {setTimeout as delay} from 'node:timers/promises';
import {type Probe} from './probe.ts';

// A person's pace, uneven so that keys fall on all phases of what runs beside them.
const paceMs = [60, 95, 130, 75, 110];

const moves: ReadonlySet<string> = new Set(['j', 'k', 'pageDown', 'pageUp', 'g', 'G']);

/** Presses the keys in turn at a person's pace; gives the milliseconds each took to change the screen. */
export async function measureKeys(
	probe: Probe,
	keys: readonly string[],
	between?: (probe: Probe) => Promise<void>,
): Promise<readonly number[]> {
	const times: number[] = [];
	for (const [index, key] of keys.entries()) {
		times.push(await probe.press(key, moves.has(key) ? isMoved : undefined));
		await between?.(probe);
		await delay(paceMs[index % paceMs.length]);
	}

	return times;
}

export const repeat = (keys: readonly string[], times: number): readonly string[] => Array.from({length: times}, () => keys).flat();

/** Opens an overlay again and again; only the opening counts, since a lone escape has to wait for what may follow it. */
export const measureOpening = async (probe: Probe, key: string, times: number): Promise<readonly number[]> =>
	measureKeys(probe, repeat([key], times), async () => {
		await delay(60);
		await probe.press('esc');
	});

// Something else may change on the screen at the same time.
const isMoved = (after: string, before: string): boolean => cursorOf(after) !== cursorOf(before);

const cursorOf = (screen: string): string =>
	screen
		.split('\n')
		.flatMap((row, index) => (row.startsWith('>') ? [`${index} ${row}`] : []))
		.join('\n');
