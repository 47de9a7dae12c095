import {type StampedLine} from './log-lines.ts';

/** How far a log was read, so that a follow that broke off goes on without a gap and without a line twice. */
export type LogPosition = {
	readonly note: (lines: readonly StampedLine[]) => void;
	/** From when to read again, in seconds as the engines take them; undefined before the first line. */
	readonly since: () => string | undefined;
	/** Leaves out of the lines of one reading what was noted before it. */
	readonly skipper: () => (lines: readonly StampedLine[]) => readonly StampedLine[];
};

const mostRecent = 10_000;
const coarseMs = 1000;

export function createLogPosition(): LogPosition {
	let recent: StampedLine[] = [];
	// Podman 4 tells whole seconds, and leaves out what is as old as the time it is asked for.
	const windowOf = ({stamp = ''}: StampedLine) => (stamp.includes('.') ? 0 : coarseMs);

	return {
		note(lines) {
			recent.push(...lines.filter(({stamp}) => stamp !== undefined));
			const last = recent.at(-1);
			if (last !== undefined) {
				const oldest = last.at! - windowOf(last);
				recent = recent.filter(({at, stamp}) => (windowOf(last) === 0 ? stamp === last.stamp : at! >= oldest)).slice(-mostRecent);
			}
		},
		since() {
			const last = recent.at(-1);
			return last === undefined ? undefined : unixTime(last.stamp!, windowOf(last));
		},
		skipper() {
			const shown = new Map<string, number>();
			for (const line of recent) {
				shown.set(keyOf(line), (shown.get(keyOf(line)) ?? 0) + 1);
			}

			return lines =>
				lines.filter(line => {
					const left = shown.get(keyOf(line)) ?? 0;
					if (left > 0) {
						shown.set(keyOf(line), left - 1);
					}

					return left === 0;
				});
		},
	};
}

const keyOf = ({stream, stamp, text}: StampedLine): string => `${stream} ${stamp} ${text}`;

// To the nanosecond, which a number of JavaScript does not hold.
function unixTime(stamp: string, earlierMs: number): string {
	const fraction = /\.(\d+)/.exec(stamp)?.[1] ?? '0';
	return `${Math.floor((Date.parse(stamp) - earlierMs) / 1000)}.${fraction.padEnd(9, '0').slice(0, 9)}`;
}
