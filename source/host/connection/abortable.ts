import {type Failure, FailureError} from '../../core/failure/failure.ts';

/** Settles at once when the signal aborts, whatever becomes of the promise then. */
export function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
	return new Promise((resolve, reject) => {
		const onAbort = () => reject(errorOf(signal));
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
		if (signal.aborted) {
			onAbort();
		} else {
			signal.addEventListener('abort', onAbort, {once: true});
		}
	});
}

/** One item after the other, from something that may never give the next; a single value is a list of one. */
export async function* itemsUnlessAborted(work: unknown, signal: AbortSignal): AsyncGenerator<unknown, void> {
	if (!isAsyncIterable(work)) {
		yield await unlessAborted(Promise.resolve(work), signal);
		return;
	}

	const iterator = work[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await unlessAborted(Promise.resolve(iterator.next()), signal);
			if (next.done === true) {
				return;
			}

			yield next.value;
		}
	} finally {
		// Not awaited: one that is stuck would never come back.
		void Promise.resolve(iterator.return?.()).catch(() => undefined);
	}
}

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
	typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

const errorOf = ({reason}: AbortSignal): Error => (reason instanceof Error ? reason : new FailureError(reason as Failure));
