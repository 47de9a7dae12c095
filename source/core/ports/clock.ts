/** Time as a port, so that tests move it by hand. */
export type Clock = {
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Milliseconds of a clock that never jumps. */
	readonly monotonic: () => number;
	/** Calls back once; returns its cancellation. */
	readonly after: (ms: number, callback: () => void) => () => void;
	/** Calls back again and again; returns its cancellation. */
	readonly every: (ms: number, callback: () => void) => () => void;
	readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
};
