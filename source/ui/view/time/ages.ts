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

/** The age of an answer, to the nearest step: what is asked for every ten seconds would else flicker between two asks. */
export const answerAge = (ms: number): string => formatAge(ms < minute ? ms - halfStep : ms);

/** Milliseconds until `answerAge` says something else. */
export function untilNextAnswerAge(ms: number): number {
	if (ms >= minute) {
		return untilNextAge(ms);
	}

	return ms < halfStep ? 3 * halfStep - ms : Math.min(minute - ms, untilNextAge(ms - halfStep));
}

/** Milliseconds until `formatAge` says something else. */
export function untilNextAge(ms: number): number {
	const age = Math.max(0, ms);
	const step = age < minute ? 10 * second : age < hour ? minute : age < 2 * day ? hour : day;
	return step - (age % step);
}
