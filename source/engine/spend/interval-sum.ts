import {type MoneyTotal} from '../../core/money/money.ts';
import {type StateInterval} from '../../core/ports/store.ts';
import {addTo, createExactSum, type ExactSum, nanosOf} from './exact-sum.ts';

export type IntervalSum = {
	/** Counts the part of the interval between the two times, if there is one. */
	readonly add: (interval: StateInterval, from: number, until: number) => void;
	readonly total: () => MoneyTotal;
};

/** Sums what intervals cost, by currency. Holes are counted by resource, not by interval. */
export function createIntervalSum(): IntervalSum {
	const amounts = new Map<string, ExactSum>();
	const holes = {free: new Set<string>(), unknown: new Set<string>(), usage: new Set<string>()};
	return {
		add({ref, hourly}, from, until) {
			if (until <= from) {
				return;
			}

			if (hourly.kind !== 'known') {
				holes[hourly.kind].add(ref);
				return;
			}

			let sum = amounts.get(hourly.currency);
			if (sum === undefined) {
				sum = createExactSum();
				amounts.set(hourly.currency, sum);
			}

			addTo(sum, hourly.nanos, until - from);
		},
		total: () => ({
			amounts: [...amounts]
				.map(([currency, sum]) => ({currency, nanos: nanosOf(sum)}))
				.toSorted((a, b) => b.nanos - a.nanos || a.currency.localeCompare(b.currency)),
			unpriced: holes.unknown.size,
			free: holes.free.size,
			usage: holes.usage.size,
		}),
	};
}
