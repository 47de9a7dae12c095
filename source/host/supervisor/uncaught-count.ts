const minuteMs = 60_000;

/** Counts errors nobody caught; true from the one that is too many within a minute. */
export function createUncaughtCount({perMinute, monotonic}: {readonly perMinute: number; readonly monotonic: () => number}): () => boolean {
	let count = 0;
	let since = monotonic();
	return () => {
		const now = monotonic();
		if (now - since > minuteMs) {
			since = now;
			count = 0;
		}

		count++;
		return count > perMinute;
	};
}
