import {type Failure} from '../../../core/failure/failure.ts';
import {type Outcome} from '../../../core/failure/outcome.ts';

/** Something asked for: still on its way, there, or failed. */
export type Remote<Value> =
	| {readonly status: 'loading'}
	| {readonly status: 'ready'; readonly value: Value}
	| {readonly status: 'failed'; readonly error: Failure};

export const loading = {status: 'loading'} as const;

/** The answer of an effect; its tag says which value the effect gives. */
export const fromOutcome = <Value>(outcome: Outcome<unknown>): Remote<Value> =>
	outcome.ok ? {status: 'ready', value: outcome.value as Value} : {status: 'failed', error: outcome.error};
