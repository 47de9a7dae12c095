import {type MoneyTotal} from '../../core/money/money.ts';

/** The sum of sums; currencies stay apart, holes are counted together. */
export function addTotals(totals: readonly MoneyTotal[]): MoneyTotal {
	const amounts = new Map<string, number>();
	for (const {currency, nanos} of totals.flatMap(total => total.amounts)) {
		amounts.set(currency, (amounts.get(currency) ?? 0) + nanos);
	}

	const count = (kind: 'unpriced' | 'free' | 'usage') => totals.reduce((sum, total) => sum + total[kind], 0);
	return {
		amounts: [...amounts]
			.map(([currency, nanos]) => ({currency, nanos}))
			.toSorted((a, b) => b.nanos - a.nanos || a.currency.localeCompare(b.currency)),
		unpriced: count('unpriced'),
		free: count('free'),
		usage: count('usage'),
	};
}
