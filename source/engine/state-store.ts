import {type Clock} from '../core/ports/clock.ts';
import {type EngineState} from './state.ts';

export type StateStore = {
	readonly get: () => EngineState;
	/** Changes the state at once; listeners hear of it with the next publication. */
	readonly update: (change: (state: EngineState) => EngineState) => void;
	/** Says that `collect` has something new, without collecting it yet. */
	readonly touch: () => void;
	/** Collects now what waits, for those who must see it before the next publication. */
	readonly flush: () => EngineState;
	readonly subscribe: (listener: () => void) => () => void;
	readonly close: () => void;
};

type Options = {
	readonly clock: Clock;
	readonly initial: EngineState;
	/** Puts what is kept outside the state between two publications into it: the changed rows of big tables. */
	readonly collect: (state: EngineState) => EngineState;
};

const publishEveryMs = 100;

/** Holds the snapshot; publishes the first change at once and then at most ten times a second. */
export function createStateStore({clock, initial, collect}: Options): StateStore {
	let state = initial;
	let published = initial;
	let publishedAt = Number.NEGATIVE_INFINITY;
	let cancelTimer: (() => void) | undefined;
	let isScheduled = false;
	let isClosed = false;
	const listeners = new Set<() => void>();

	const flush = () => (state = collect(state));

	const publish = () => {
		cancelTimer = undefined;
		isScheduled = false;
		if (isClosed) {
			return;
		}

		flush();
		if (state === published) {
			return;
		}

		published = state;
		publishedAt = clock.monotonic();
		for (const listener of listeners) {
			listener();
		}
	};

	const schedule = () => {
		if (isScheduled || isClosed) {
			return;
		}

		isScheduled = true;
		const wait = publishedAt + publishEveryMs - clock.monotonic();
		if (wait > 0) {
			cancelTimer = clock.after(wait, publish);
		} else {
			// A microtask later, so that everything one event changes is one publication.
			queueMicrotask(publish);
		}
	};

	return {
		get: () => state,
		update(change) {
			const next = change(state);
			if (next !== state) {
				state = next;
				schedule();
			}
		},
		touch: schedule,
		flush() {
			const before = state;
			if (flush() !== before) {
				schedule();
			}

			return state;
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		close() {
			isClosed = true;
			cancelTimer?.();
			listeners.clear();
		},
	};
}
