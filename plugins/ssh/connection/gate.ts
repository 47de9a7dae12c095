/** Lets in so many at a time, for each key; the others wait in line. */
export type Gate = <Result>(key: string, signal: AbortSignal, work: () => Promise<Result>) => Promise<Result>;

export function createGate(places: number): Gate {
	const taken = new Map<string, number>();
	const waiting = new Map<string, (() => void)[]>();

	async function enter(key: string, signal: AbortSignal): Promise<void> {
		const inside = taken.get(key) ?? 0;
		if (inside < places) {
			taken.set(key, inside + 1);
			return;
		}

		// The place is handed over by the one who leaves.
		const line = waiting.get(key) ?? [];
		waiting.set(key, line);
		await new Promise<void>((resolve, reject) => {
			const abandon = () => {
				line.splice(line.indexOf(admit), 1);
				reject(signal.reason as Error);
			};
			const admit = () => {
				signal.removeEventListener('abort', abandon);
				resolve();
			};
			line.push(admit);
			signal.addEventListener('abort', abandon, {once: true});
		});
	}

	function leave(key: string) {
		const next = waiting.get(key)?.shift();
		if (next !== undefined) {
			next();
			return;
		}

		waiting.delete(key);
		const inside = taken.get(key)! - 1;
		if (inside === 0) {
			taken.delete(key);
		} else {
			taken.set(key, inside);
		}
	}

	return async (key, signal, work) => {
		signal.throwIfAborted();
		await enter(key, signal);
		try {
			return await work();
		} finally {
			leave(key);
		}
	};
}
