const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Coarse and short, one unit: `4s 12m 2h 88d`. For tables. */
export function formatDuration(ms: number): string {
	const value = Math.max(0, ms);
	if (value < minute) {
		return `${Math.floor(value / second)}s`;
	}

	if (value < hour) {
		return `${Math.floor(value / minute)}m`;
	}

	return value < 2 * day ? `${Math.floor(value / hour)}h` : `${Math.floor(value / day)}d`;
}

/** Short times with their fraction: `41 ms`, `2.1 s`, `4 min`. For latencies and elapsed times. */
export function formatElapsed(ms: number): string {
	// What rounds up to the next unit is said in that unit: never `1000 ms` or `60 s`.
	if (ms < second - 0.5) {
		return `${Math.round(Math.max(0, ms))} ms`;
	}

	if (ms < minute - second / 2) {
		return `${(ms / second).toFixed(ms < 9950 ? 1 : 0)} s`;
	}

	return ms < hour ? `${Math.max(1, Math.floor(ms / minute))} min` : formatDuration(ms);
}

/**
The age of a number on the screen, in steps, so that a quiet screen stays silent between them:
`live` below 10 s, then steps of 10 s, then minutes, hours, days.
*/
export function formatAge(ms: number): string {
	if (ms < 10 * second) {
		return 'live';
	}

	return ms < minute ? `${Math.floor(ms / (10 * second)) * 10}s` : formatDuration(ms);
}

const units: Readonly<Record<string, number>> = {ms: 1, s: second, m: minute, min: minute, h: hour, d: day, w: 7 * day};

/** `90`, `90s`, `1h30m`, `2d` in milliseconds; undefined when it is none of them. A bare number is seconds. */
export function parseDuration(text: string): number | undefined {
	const trimmed = text.trim().toLowerCase();
	if (/^\d+(\.\d+)?$/.test(trimmed)) {
		return Number(trimmed) * second;
	}

	if (!/^(\d+(\.\d+)?(ms|min|s|m|h|d|w)\s*)+$/.test(trimmed)) {
		return undefined;
	}

	return trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|min|s|m|h|d|w)/g).reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0);
}
