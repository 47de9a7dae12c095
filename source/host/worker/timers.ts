/** Timers of one plugin, counted; they die with its thread. */
export type Timers = {
	/** At least a millisecond. Throws beyond 1,000 timers. */
	readonly start: (task: () => void, ms: number, options?: {readonly isRepeated?: boolean}) => number;
	readonly clear: (id: number) => void;
};

const limit = 1000;
const longestMs = 2 ** 31 - 1;

export function createTimers(uncaught: (error: unknown) => void): Timers {
	const timers = new Map<number, NodeJS.Timeout>();
	let sequence = 0;
	return {
		start(task, ms, {isRepeated = false} = {}) {
			if (timers.size >= limit) {
				throw new RangeError(`plugin quota: at most ${limit} timers`);
			}

			sequence++;
			const id = sequence;
			// Not a number, negative or longer than a timer can be: each would fire at once, over and over.
			const wait = Math.min(longestMs, Math.max(1, ms || 0));
			const schedule = () => {
				timers.set(id, setTimeout(turn, wait));
			};

			function turn() {
				timers.delete(id);
				if (isRepeated) {
					schedule();
				}

				try {
					task();
				} catch (error) {
					uncaught(error);
				}
			}

			schedule();
			return id;
		},
		clear(id) {
			clearTimeout(timers.get(id));
			timers.delete(id);
		},
	};
}
