import {type Failure} from './failure.ts';

/** What crosses from a plugin, the network or the disk: a value, or a failure that says what to do. */
export type Outcome<Value> = {readonly ok: true; readonly value: Value} | {readonly ok: false; readonly error: Failure};

export const ok = <Value>(value: Value): Outcome<Value> => ({ok: true, value});

export const failed = (error: Failure): Outcome<never> => ({ok: false, error});

/** Applies `change` to the value of a successful outcome and passes a failure through. */
export const mapOutcome = <From, To>(outcome: Outcome<From>, change: (value: From) => To): Outcome<To> =>
	outcome.ok ? ok(change(outcome.value)) : outcome;
