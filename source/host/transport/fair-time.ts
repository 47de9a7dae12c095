import {readFileSync} from 'node:fs';
import {type Clock} from '../../core/ports/clock.ts';
import {type Transport} from './transport.ts';

const mostTimes = 10;

/**
Begins a span of time and gives what says how long it is by now, in milliseconds: without those in which the plugin was ready and
other programs had the processor. A thread of low priority gets a fiftieth of a loaded machine, and is slow then, not stuck. At
least a tenth of the real time counts, so that every wait ends.
*/
export function startFairSpan(clock: Pick<Clock, 'monotonic'>, transport: Pick<Transport, 'waitedMs'>): () => number {
	const startedAt = clock.monotonic();
	const before = transport.waitedMs?.() ?? 0;
	return () => {
		const real = clock.monotonic() - startedAt;
		return Math.max(real / mostTimes, real - Math.max(0, (transport.waitedMs?.() ?? 0) - before));
	};
}

/** Of a thread or process by its folder in `/proc`: how long it was ready and did not run. Undefined where the system does not count it. */
export function waitedMsOf(folder: string): number | undefined {
	try {
		// Nanoseconds it ran, nanoseconds it waited for a processor, how often.
		const waited = Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[1]);
		return Number.isFinite(waited) ? waited / 1_000_000 : undefined;
	} catch {
		return undefined;
	}
}
