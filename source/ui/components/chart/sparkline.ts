const steps = '▁▂▃▄▅▆▇█';

/** The last `width` values as a line of blocks, scaled from zero to the highest. Empty below two values. */
export function sparkline(values: readonly number[], width: number): string {
	const shown = values.slice(-width);
	const highest = Math.max(...shown);
	if (shown.length < 2 || !(highest > 0)) {
		return '';
	}

	return shown.map(value => steps[Math.max(0, Math.min(7, Math.round((value / highest) * 7)))]!).join('');
}
