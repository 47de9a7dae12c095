import {formatAge} from '../../../core/text/duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The age of a row: `new` for the first ten seconds, then the coarse steps of `formatAge`. */
export function rowAge(ms: number): string {
	const age = formatAge(ms);
	return age === 'live' ? 'new' : age;
}

const halfStep = 5 * second;

/**
The age of an answer, to the nearest step: what is asked for every ten seconds would else flicker between two asks. `paceMs` is how
often it is asked for, at least ten seconds; until the next answer is due it is live.
*/
export const answerAge = (ms: number, paceMs = 10 * second): string =>
	formatAge(ms < paceMs + halfStep ? 0 : ms < minute ? ms - halfStep : ms);

/** Milliseconds until `answerAge` says something else. */
export function untilNextAnswerAge(ms: number, paceMs = 10 * second): number {
	if (ms < paceMs + halfStep) {
		return paceMs + halfStep - ms;
	}

	if (ms >= minute) {
		return untilNextAge(ms);
	}

	return Math.min(minute - ms, untilNextAge(ms - halfStep));
}

/** Milliseconds until `formatAge` says something else. */
export function untilNextAge(ms: number): number {
	const age = Math.max(0, ms);
	const step = age < minute ? 10 * second : age < hour ? minute : age < 2 * day ? hour : day;
	return step - (age % step);
}
