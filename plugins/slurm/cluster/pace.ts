/** When slurmctld may be asked: a few at once, then one every so many seconds, and less often while it does not answer. */
export type Pace = {
	/** Whether a question may go out now; takes its place. */
	readonly take: () => boolean;
	/** A question that a deed of the person needs: goes out in any case, and those that wait stand back for it. */
	readonly force: () => void;
	/** Milliseconds until `take` may succeed. */
	readonly waitMs: () => number;
	readonly failed: () => void;
	readonly answered: () => void;
	/** Whether it is left alone now because it did not answer. */
	readonly isResting: () => boolean;
};

const burst = 3;
const longestRestMs = 30_000;

export function createPace(now: () => number, everyMs: number): Pace {
	let places = burst;
	let filledAt = now();
	let failures = 0;
	let restsUntil = 0;

	const fill = () => {
		const at = now();
		const gained = (at - filledAt) / everyMs;
		places = Math.min(burst, places + gained);
		filledAt = at;
	};

	return {
		take() {
			fill();
			if (places < 1) {
				return false;
			}

			places--;
			return true;
		},
		force() {
			fill();
			places = Math.max(-1, places - 1);
		},
		waitMs() {
			fill();
			return Math.max(0, Math.ceil((1 - places) * everyMs));
		},
		failed() {
			failures++;
			restsUntil = now() + Math.min(longestRestMs, 1000 * 2 ** Math.min(failures, 10));
		},
		answered() {
			failures = 0;
			restsUntil = 0;
		},
		isResting: () => now() < restsUntil,
	};
}
