import {FailureError} from '../../core/failure/failure.ts';

/** Hears the first of them once; returns how to stop listening. */
export function onAbortOf(signals: readonly AbortSignal[], listener: (reason: Error) => void): () => void {
	const ignore = () => {
		for (const signal of signals) {
			signal.removeEventListener('abort', onAbort);
		}
	};

	const onAbort = () => {
		ignore();
		listener(reasonOf(signals.find(signal => signal.aborted)));
	};

	for (const signal of signals) {
		signal.addEventListener('abort', onAbort);
	}

	return ignore;
}

/** What the waiting gets: the reason where it is one of ours. */
export function reasonOf(signal: AbortSignal | undefined): Error {
	const reason: unknown = signal?.reason;
	return reason instanceof Error && reason.name !== 'AbortError'
		? reason
		: new FailureError({code: 'CWS_CANCELLED', message: 'The request was cancelled.'});
}
