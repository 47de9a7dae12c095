import {type Estimate} from './estimate.ts';
import {free, type Money, type MoneyTotal, times, total, unknown} from './money.ts';
import {type HoursPerMonth} from '../settings.ts';
import {type ProviderResource, type ResourceStatus} from '../resource.ts';

const hourMs = 3_600_000;

const stopped: ReadonlySet<ResourceStatus> = new Set(['stopped', 'hibernated', 'failed']);

/**
What a resource costs an hour in the state it is in. What is on its way up or down counts as running, so that the burn is never
understated; what is stopped counts what goes on billing, and that is unknown when the provider does not say.
*/
export function hourlyOf({status, cost}: Pick<ProviderResource, 'status' | 'cost'>): Money {
	if (status === 'deleted') {
		return free('it is gone');
	}

	if (cost === undefined) {
		return unknown('the provider gives no price');
	}

	if (!stopped.has(status) || cost.hourly.kind === 'free') {
		return cost.hourly;
	}

	return cost.stoppedHourly ?? unknown('the provider does not say what goes on billing while it is stopped');
}

/** The same for a month of `hoursPerMonth` hours. */
export const monthlyOf = (resource: Pick<ProviderResource, 'status' | 'cost'>, hoursPerMonth: number): Money =>
	times(hourlyOf(resource), hoursPerMonth);

/** An estimate by the hour, the day and the month, for a plan. */
export const costOfEstimate = (
	{hourly}: Estimate,
	hoursPerMonth: number,
): {readonly hourly: Money; readonly daily: Money; readonly monthly: Money} => ({
	hourly,
	daily: times(hourly, 24),
	monthly: times(hourly, hoursPerMonth),
});

/** The burn: what all of them cost an hour now. */
export const burnOf = (resources: Iterable<Pick<ProviderResource, 'status' | 'cost'>>): MoneyTotal =>
	total(Iterator.from(resources).map(resource => hourlyOf(resource)));

/** Hours that a month counts: the fixed setting, or those of the calendar month (UTC) around `now`. */
export function hoursInMonth(setting: HoursPerMonth, now: number): number {
	return setting === 'calendar' ? (monthEnd(now) - monthStart(now)) / hourMs : setting;
}

/**
Borders of days and months are UTC, like those of the providers' own bills: a day always has 24 hours, whatever the
clocks of the place do, and two people of one team see the same figure.
*/
export const dayStart = (now: number): number => Math.floor(now / (24 * hourMs)) * 24 * hourMs;

export function monthStart(now: number): number {
	const date = new Date(now);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

export function monthEnd(now: number): number {
	const date = new Date(now);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
