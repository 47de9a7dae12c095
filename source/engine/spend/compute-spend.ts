import {dayStart, monthEnd, monthStart} from '../../core/money/cost.ts';
import {type MoneyTotal} from '../../core/money/money.ts';
import {type StateInterval} from '../../core/ports/store.ts';
import {type Spend} from '../state.ts';
import {burnHistory} from './burn-history.ts';
import {addTo, createExactSum, type ExactSum, nanosOf} from './exact-sum.ts';
import {createIntervalSum} from './interval-sum.ts';

export type SpendInput = {
	/** The ledger, of all time for the figures by resource, or at least since the start of the month. */
	readonly intervals: readonly StateInterval[];
	/** What everything costs an hour now. */
	readonly burn: MoneyTotal;
	/** Epoch milliseconds. */
	readonly now: number;
};

/** What is remembered of a resource from one of its intervals to the next. */
type RefSum = ExactSum & {currency: string | undefined; until: number; isGone: boolean};

// So many take a few milliseconds even while the code is cold; a key waits no longer.
const slice = 2000;

/**
Adds up the ledger. Nanos are summed exactly and rounded once; days and months begin at midnight UTC. Waits for `turn` now and then
when there is much to add, so that keys are answered meanwhile.
*/
export async function computeSpend({intervals, burn, now}: SpendInput, turn: () => Promise<void> = async () => {}): Promise<Spend> {
	const monthBegin = monthStart(now);
	const dayBegin = dayStart(now);
	const today = createIntervalSum();
	const month = createIntervalSum();
	const refs = new Map<string, RefSum>();
	let hasGaps = false;
	for (const [index, interval] of inOrder(intervals).entries()) {
		if (index > 0 && index % slice === 0) {
			await turn();
		}

		const {ref, from, status} = interval;
		const until = Math.min(interval.until ?? now, now);
		const known = refs.get(ref);
		// A record that stops and begins again is a hole, unless the resource was gone meanwhile.
		hasGaps ||= known !== undefined && !known.isGone && from > known.until && from > monthBegin;
		const one = known ?? {...createExactSum(), currency: undefined, until, isGone: false};
		if (known === undefined) {
			refs.set(ref, one);
		}

		one.until = until;
		one.isGone = status === 'deleted' || status === 'deleting';
		if (until > from) {
			today.add(interval, Math.max(from, dayBegin), until);
			month.add(interval, Math.max(from, monthBegin), until);
			addToRef(one, interval, until);
			hasGaps ||= interval.isEstimated && until > monthBegin;
		}
	}

	const byRef = await byRefOf(refs, turn);
	const monthToDate = month.total();
	return {
		today: today.total(),
		monthToDate,
		forecast: forecastOf(monthToDate, burn, monthEnd(now) - now),
		history: burnHistory(intervals, burn, now),
		hasGaps,
		byRef,
		computedAt: now,
	};
}

// The store gives them in order; who does not pays for it.
const inOrder = (intervals: readonly StateInterval[]): readonly StateInterval[] =>
	intervals.every(({from}, index) => index === 0 || intervals[index - 1]!.from <= from)
		? intervals
		: intervals.toSorted((a, b) => a.from - b.from);

function addToRef(one: RefSum, {hourly, from}: StateInterval, until: number): void {
	if (hourly.kind !== 'known') {
		return;
	}

	// A plain number has no place for two currencies; the later one is what the person pays now.
	if (one.currency !== hourly.currency) {
		one.currency = hourly.currency;
		Object.assign(one, createExactSum());
	}

	addTo(one, hourly.nanos, until - from);
}

async function byRefOf(refs: ReadonlyMap<string, RefSum>, turn: () => Promise<void>): Promise<ReadonlyMap<string, number>> {
	const spent = new Map<string, number>();
	let seen = 0;
	for (const [ref, one] of refs) {
		if (++seen % slice === 0) {
			await turn();
		}

		if (one.currency !== undefined) {
			spent.set(ref, nanosOf(one));
		}
	}

	return spent;
}

// Holes cannot be matched by resource any more once they are counts, so the larger count stands.
function forecastOf(monthToDate: MoneyTotal, burn: MoneyTotal, leftMs: number): MoneyTotal {
	const amounts = new Map(monthToDate.amounts.map(({currency, nanos}) => [currency, nanos]));
	for (const {currency, nanos} of burn.amounts) {
		const left = createExactSum();
		addTo(left, nanos, leftMs);
		amounts.set(currency, (amounts.get(currency) ?? 0) + nanosOf(left));
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
