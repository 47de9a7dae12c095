import {type MoneyTotal} from '../../core/money.ts';
import {type StateInterval} from '../../core/ports/store.ts';

export type IntervalSum = {
	/** Counts the part of the interval between the two times, if there is one. */
	readonly add: (interval: StateInterval, from: number, until: number) => void;
	readonly total: () => MoneyTotal;
};

const hourMs = 3_600_000n;

/** Nano-milliseconds in nanos, rounded to the nearest. */
export const nanosFor = (nanoMs: bigint): number => Number((2n * nanoMs + hourMs) / (2n * hourMs));

/** Rate times time; a rate or a time that cannot be counted adds nothing. Clocks of providers may give fractions of a millisecond. */
export const nanoMsOf = (nanos: number, ms: number): bigint =>
	Number.isFinite(nanos) && Number.isFinite(ms) ? BigInt(Math.round(nanos)) * BigInt(Math.round(ms)) : 0n;

/**
Sums rate × time. A rate in nanos times a month in milliseconds leaves the safe integers, so the products are big integers and
only the end is rounded. Holes are counted by resource, not by interval.
*/
export function createSum(): IntervalSum {
	const amounts = new Map<string, bigint>();
	const holes = {free: new Set<string>(), unknown: new Set<string>(), usage: new Set<string>()};
	return {
		add({ref, hourly}, from, until) {
			if (until <= from) {
				return;
			}

			if (hourly.kind === 'known') {
				amounts.set(hourly.currency, (amounts.get(hourly.currency) ?? 0n) + nanoMsOf(hourly.nanos, until - from));
			} else {
				holes[hourly.kind].add(ref);
			}
		},
		total: () => ({
			amounts: [...amounts]
				.map(([currency, nanoMs]) => ({currency, nanos: nanosFor(nanoMs)}))
				.toSorted((a, b) => b.nanos - a.nanos || a.currency.localeCompare(b.currency)),
			unpriced: holes.unknown.size,
			free: holes.free.size,
			usage: holes.usage.size,
		}),
	};
}
