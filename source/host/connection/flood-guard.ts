const windowMs = 100;

/** Counts frames nobody asked for; true from the moment there are too many in a window. */
export function createFloodGuard({frames, monotonic}: {readonly frames: number; readonly monotonic: () => number}): () => boolean {
	let windowStart = monotonic();
	let count = 0;
	return () => {
		const now = monotonic();
		if (now - windowStart > windowMs) {
			windowStart = now;
			count = 0;
		}

		count++;
		return count > frames;
	};
}
