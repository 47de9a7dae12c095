import {type Clock} from '../../core/ports/clock.ts';

/** Lets work through in its order: so many at once, so many a second. What is too much waits. */
export type Pace = {
	/** Resolves when it may begin; the answer says that it ended. Rejects with the signal's reason. */
	readonly enter: (signal: AbortSignal) => Promise<() => void>;
};

export function createPace({
	clock,
	atOnce,
	perSecond,
}: {
	readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
	readonly atOnce: number;
	readonly perSecond: number;
}): Pace {
	const waiting: (() => void)[] = [];
	const everyMs = 1000 / perSecond;
	// The moment at which everything that began would be in time; a full second of it may be used up at once.
	let dueAt = clock.monotonic() - 1000;
	let active = 0;

	function leave() {
		const next = waiting.shift();
		if (next === undefined) {
			active--;
		} else {
			next();
		}
	}

	async function place(signal: AbortSignal) {
		if (active < atOnce) {
			active++;
			return;
		}

		const {promise, resolve, reject} = Promise.withResolvers<void>();
		const onAbort = () => {
			waiting.splice(waiting.indexOf(resolve), 1);
			reject(signal.reason as Error);
		};
		signal.addEventListener('abort', onAbort, {once: true});
		waiting.push(resolve);
		try {
			await promise;
		} finally {
			signal.removeEventListener('abort', onAbort);
		}
	}

	return {
		async enter(signal) {
			signal.throwIfAborted();
			await place(signal);
			try {
				const now = clock.monotonic();
				dueAt = Math.max(dueAt, now - 1000) + everyMs;
				if (dueAt > now) {
					await clock.sleep(dueAt - now, signal);
				}
			} catch (error) {
				leave();
				throw signal.aborted ? signal.reason : error;
			}

			let hasLeft = false;
			return () => {
				if (!hasLeft) {
					hasLeft = true;
					leave();
				}
			};
		},
	};
}

/** An amount that fills up again after a while: bytes a minute, dialogs a minute. */
export type Allowance = {
	/** Takes it whole, or nothing. */
	readonly take: (amount: number) => boolean;
	/** Counts what has happened already, also beyond the limit. */
	readonly count: (amount: number) => void;
};

export function createAllowance({
	clock,
	limit,
	windowMs,
}: {
	readonly clock: Pick<Clock, 'monotonic'>;
	readonly limit: number;
	readonly windowMs: number;
}): Allowance {
	let startedAt = clock.monotonic();
	let used = 0;
	const renew = () => {
		const now = clock.monotonic();
		if (now - startedAt >= windowMs) {
			startedAt = now;
			used = 0;
		}
	};

	return {
		take(amount) {
			renew();
			if (used + amount > limit) {
				return false;
			}

			used += amount;
			return true;
		},
		count(amount) {
			renew();
			used += amount;
		},
	};
}
