import {setTimeout as sleep} from 'node:timers/promises';

/** Logins that are under way, so that whoever wants the same machine can wait for the connection instead of making a second one. */
export type Logins = {
	/** Remembers that work which makes a connection runs. */
	readonly during: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;
	/** Waits until the connection is there, or nobody makes one any more, or it takes too long. */
	readonly settled: (name: string, isOpen: () => boolean, signal: AbortSignal) => Promise<void>;
};

const lookMs = 50;
const mostLooks = 100;

export function createLogins(): Logins {
	const running = new Map<string, number>();
	const count = (name: string, by: 1 | -1) => {
		const next = (running.get(name) ?? 0) + by;
		if (next === 0) {
			running.delete(name);
		} else {
			running.set(name, next);
		}
	};

	return {
		async during(name, work) {
			count(name, 1);
			try {
				return await work();
			} finally {
				count(name, -1);
			}
		},
		async settled(name, isOpen, signal) {
			for (let look = 0; look < mostLooks && running.has(name) && !isOpen(); look++) {
				signal.throwIfAborted();
				await sleep(lookMs);
			}
		},
	};
}
