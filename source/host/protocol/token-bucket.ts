/** Lets bursts through and then a steady rate; counts what it refused until the next one that passes. */
export type TokenBucket = {
	/** The number dropped since the last success, or undefined when this one is dropped too. */
	readonly take: () => number | undefined;
};

export function createTokenBucket({
	perSecond,
	burst,
	monotonic,
}: {
	readonly perSecond: number;
	readonly burst: number;
	readonly monotonic: () => number;
}): TokenBucket {
	let tokens = burst;
	let refilledAt = monotonic();
	let dropped = 0;
	return {
		take() {
			const now = monotonic();
			tokens = Math.min(burst, tokens + ((now - refilledAt) / 1000) * perSecond);
			refilledAt = now;
			if (tokens < 1) {
				dropped++;
				return undefined;
			}

			tokens--;
			const before = dropped;
			dropped = 0;
			return before;
		},
	};
}
