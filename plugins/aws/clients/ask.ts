import {toFailure, type Doing} from './failures.ts';

/** Runs one call of the SDK; what goes wrong is a failure that says what, why and what to do. A cancel stays a cancel. */
export async function ask<Answer>(doing: Doing, signal: AbortSignal, call: () => Promise<Answer>): Promise<Answer> {
	signal.throwIfAborted();
	try {
		return await call();
	} catch (error) {
		signal.throwIfAborted();
		throw toFailure(error, doing);
	}
}
