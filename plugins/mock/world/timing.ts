import {setTimeout as sleep} from 'node:timers/promises';
import {type Random} from './random.ts';

/** How long things take here. */
export type Timing = {
	/** The way to the provider and back. */
	readonly roundTrip: (signal: AbortSignal) => Promise<void>;
	/** A stage of an operation that takes so long at the usual latency. */
	readonly stage: (ms: number, signal: AbortSignal) => Promise<void>;
};

const usualLatencyMs = 120;

/** With a latency of 0 nothing waits. */
export function createTiming(latencyMs: number, random: Random): Timing {
	const wait = async (ms: number, signal: AbortSignal) => {
		signal.throwIfAborted();
		if (ms > 0) {
			await sleep(ms, undefined, {signal});
		}
	};

	return {
		roundTrip: async signal => wait(latencyMs * (0.5 + random()), signal),
		stage: async (ms, signal) => wait((ms * latencyMs) / usualLatencyMs, signal),
	};
}
