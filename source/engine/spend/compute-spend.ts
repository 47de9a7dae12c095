import {dayStart, monthEnd, monthStart} from '../../core/cost.ts';
import {type Money, type MoneyTotal} from '../../core/money.ts';
import {type StateInterval} from '../../core/ports/store.ts';
import {type Spend} from '../state.ts';
import {createSum, nanoMsOf, nanosFor} from './interval-sum.ts';

export type SpendInput = {
	/** The ledger, of all time for the figures by resource, or at least since the start of the month. */
	readonly intervals: readonly StateInterval[];
	/** What everything costs an hour now. */
	readonly burn: MoneyTotal;
	/** Epoch milliseconds. */
	readonly now: number;
};

const hourMs = 3_600_000;
const historyPoints = 24;

/** Adds up the ledger. Nanos are summed exactly and rounded once; days and months begin at midnight UTC. */
export function computeSpend({intervals, burn, now}: SpendInput): Spend {
	const monthBegin = monthStart(now);
	const dayBegin = dayStart(now);
	const today = createSum();
	const month = createSum();
	const byRef = new Map<string, {readonly currency: string; nanoMs: bigint}>();
	let hasGaps = hasHole(intervals, monthBegin, now);
	for (const interval of intervals) {
		const until = Math.min(interval.until ?? now, now);
		if (until <= interval.from) {
			continue;
		}

		today.add(interval, Math.max(interval.from, dayBegin), until);
		month.add(interval, Math.max(interval.from, monthBegin), until);
		hasGaps ||= interval.isEstimated && until > monthBegin;
		addByRef(byRef, interval, until);
	}

	const monthToDate = month.total();
	return {
		today: today.total(),
		monthToDate,
		forecast: forecastOf(monthToDate, burn, monthEnd(now) - now),
		history: historyOf(intervals, burn, now),
		hasGaps,
		byRef: new Map([...byRef].map(([ref, {nanoMs}]) => [ref, nanosFor(nanoMs)])),
		computedAt: now,
	};
}

function addByRef(sums: Map<string, {readonly currency: string; nanoMs: bigint}>, {ref, hourly, from}: StateInterval, until: number) {
	if (hourly.kind !== 'known') {
		return;
	}

	const nanoMs = nanoMsOf(hourly.nanos, until - from);
	const sum = sums.get(ref);
	// A plain number has no place for two currencies; the later one is what the person pays now.
	if (sum?.currency === hourly.currency) {
		sum.nanoMs += nanoMs;
	} else {
		sums.set(ref, {currency: hourly.currency, nanoMs});
	}
}

// Holes cannot be matched by resource any more once they are counts, so the larger count stands.
function forecastOf(monthToDate: MoneyTotal, burn: MoneyTotal, leftMs: number): MoneyTotal {
	const amounts = new Map(monthToDate.amounts.map(({currency, nanos}) => [currency, nanos]));
	for (const {currency, nanos} of burn.amounts) {
		amounts.set(currency, (amounts.get(currency) ?? 0) + nanosFor(nanoMsOf(nanos, leftMs)));
	}

	return {
		amounts: [...amounts]
			.map(([currency, nanos]) => ({currency, nanos}))
			.toSorted((a, b) => b.nanos - a.nanos || a.currency.localeCompare(b.currency)),
		unpriced: Math.max(monthToDate.unpriced, burn.unpriced),
		free: Math.max(monthToDate.free, burn.free),
		usage: Math.max(monthToDate.usage, burn.usage),
	};
}

/**
The burn at the last full hours and now. Points sit on full hours, so that the sparkline stands still in between.
Each interval adds its rate where it begins and takes it away where it ends: one pass, whatever the number of points.
*/
function historyOf(intervals: readonly StateInterval[], burn: MoneyTotal, now: number): readonly number[] {
	const currency = burn.amounts[0]?.currency ?? intervals.map(({hourly}) => currencyOf(hourly)).find(Boolean);
	const first = intervals.reduce((earliest, {from}) => Math.min(earliest, from), now);
	if (currency === undefined || first >= now) {
		return [];
	}

	const lastHour = Math.floor(now / hourMs) * hourMs;
	const begin = lastHour - (historyPoints - 2) * hourMs;
	const indexAt = (at: number) => Math.min(historyPoints - 1, Math.max(0, Math.ceil((at - begin) / hourMs)));
	const changes = Array.from({length: historyPoints}, () => 0);
	for (const {hourly, from, until} of intervals) {
		if (hourly.kind === 'known' && hourly.currency === currency && (until === undefined || until > begin)) {
			changes[indexAt(from)]! += hourly.nanos;
			if (until !== undefined && until <= lastHour) {
				changes[indexAt(until)]! -= hourly.nanos;
			}
		}
	}

	let sum = 0;
	const past = changes.slice(0, -1).map(change => (sum += change));
	return [...past.slice(indexAt(first)), burn.amounts[0]?.nanos ?? 0];
}

const currencyOf = (money: Money): string | undefined => (money.kind === 'known' ? money.currency : undefined);

/** Whether the record of a living resource stops and begins again within the span. */
function hasHole(intervals: readonly StateInterval[], since: number, now: number): boolean {
	const last = new Map<string, {readonly until: number; readonly isGone: boolean}>();
	return intervals
		.toSorted((a, b) => a.from - b.from)
		.some(({ref, from, until, status}) => {
			const before = last.get(ref);
			last.set(ref, {until: until ?? now, isGone: status === 'deleted' || status === 'deleting'});
			return before !== undefined && !before.isGone && from > before.until && from > since;
		});
}
