import {formatAge} from '../../core/duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The age of a row: `new` for the first ten seconds, then the coarse steps of `formatAge`. */
export function rowAge(ms: number): string {
	const age = formatAge(ms);
	return age === 'live' ? 'new' : age;
}

/** Milliseconds until `formatAge` says something else. */
export function untilNextAge(ms: number): number {
	const age = Math.max(0, ms);
	const step = age < minute ? 10 * second : age < hour ? minute : age < 2 * day ? hour : day;
	return step - (age % step);
}
