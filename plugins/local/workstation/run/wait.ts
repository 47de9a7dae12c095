import {setTimeout as sleep} from 'node:timers/promises';

type Options = {readonly timeoutMs: number; readonly signal?: AbortSignal; readonly stepMs?: number};

/** Asks again and again, less often with time; undefined when there is no answer in time. Throws when the signal aborts. */
export async function waitFor<Value>(
	ask: () => Promise<Value | undefined> | Value | undefined,
	{timeoutMs, signal, stepMs = 4}: Options,
): Promise<Value | undefined> {
	const end = performance.now() + timeoutMs;
	for (let step = stepMs; ; step = Math.min(step * 1.5, 100)) {
		signal?.throwIfAborted();
		const value = await ask();
		if (value !== undefined) {
			return value;
		}

		const left = end - performance.now();
		if (left <= 0) {
			return undefined;
		}

		await sleep(Math.min(step, left), undefined, {signal});
	}
}
