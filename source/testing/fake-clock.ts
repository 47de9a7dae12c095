import {setImmediate as turn} from 'node:timers/promises';
import {type Clock} from '../core/ports/clock.ts';

/** Time for a test: timers fall due when the test moves it on, each followed by everything it sets going. */
export type FakeClock = Clock & {
	/** Moves time on; timers that fall due run in their order, each followed by everything it sets going. */
	readonly advance: (ms: number) => Promise<void>;
	/** Lets promises settle without moving time. */
	readonly flush: () => Promise<void>;
	/** Moves the wall clock alone, as a sleeping laptop or a corrected clock does; no timer runs. */
	readonly jump: (ms: number) => void;
	/** Timers and sleeps that still wait. */
	readonly pending: () => number;
};

// What the timers of Node reject with, whatever the reason of the signal is.
const abortError = ({reason}: AbortSignal): Error =>
	Object.assign(new Error('The operation was aborted', {cause: reason}), {name: 'AbortError', code: 'ABORT_ERR'});

type Timer = {due: number; readonly order: number; readonly everyMs?: number; readonly callback: () => void};

/** A clock that stands still until `advance`. */
export function createFakeClock({now = Date.UTC(2026, 0, 15, 12)}: {readonly now?: number} = {}): FakeClock {
	let wall = now;
	let elapsed = 0;
	let order = 0;
	const timers = new Set<Timer>();

	const add = (ms: number, callback: () => void, everyMs?: number): (() => void) => {
		const timer: Timer = {due: elapsed + Math.max(0, ms), order: order++, everyMs, callback};
		timers.add(timer);
		return () => {
			timers.delete(timer);
		};
	};

	const nextDue = (limit: number): Timer | undefined => {
		let next: Timer | undefined;
		for (const timer of timers) {
			if (timer.due <= limit && (next === undefined || timer.due < next.due || (timer.due === next.due && timer.order < next.order))) {
				next = timer;
			}
		}

		return next;
	};

	const moveTo = (target: number): void => {
		wall += target - elapsed;
		elapsed = target;
	};

	return {
		now: () => wall,
		monotonic: () => elapsed,
		after: (ms, callback) => add(ms, callback),
		// At least a millisecond, or `advance` would never get past it.
		every: (ms, callback) => add(Math.max(1, ms), callback, Math.max(1, ms)),
		async sleep(ms, signal) {
			if (signal?.aborted) {
				throw abortError(signal);
			}

			const {promise, resolve, reject} = Promise.withResolvers<void>();
			const cancel = add(ms, resolve);
			const onAbort = () => {
				cancel();
				reject(abortError(signal!));
			};

			signal?.addEventListener('abort', onAbort, {once: true});
			try {
				await promise;
			} finally {
				signal?.removeEventListener('abort', onAbort);
			}
		},
		async advance(ms) {
			await turn();
			const target = elapsed + ms;
			for (let timer = nextDue(target); timer !== undefined; timer = nextDue(target)) {
				moveTo(Math.max(elapsed, timer.due));
				if (timer.everyMs === undefined) {
					timers.delete(timer);
				} else {
					timer.due += timer.everyMs;
				}

				timer.callback();
				// A whole turn of the event loop, so that promise chains of any length have settled before the next timer.
				await turn();
			}

			moveTo(target);
		},
		async flush() {
			await turn();
		},
		jump(ms) {
			wall += ms;
		},
		pending: () => timers.size,
	};
}
