import {type MoneyTotal} from '../../core/money/money.ts';
import {type EngineState, type SourceState} from '../state.ts';
import {addTotals} from './add-totals.ts';
import {summaryOf} from './source-summary.ts';

const memo = new WeakMap<readonly SourceState[], MoneyTotal>();

/** The burn: what everything costs an hour now. */
export function burnTotal({sources}: Pick<EngineState, 'sources'>): MoneyTotal {
	const known = memo.get(sources);
	if (known) {
		return known;
	}

	const sum = addTotals(sources.map(source => summaryOf(source).burn));
	memo.set(sources, sum);
	return sum;
}

/** The same for a month, if nothing changes. */
export const monthlyTotal = (hourly: MoneyTotal, hoursPerMonth: number): MoneyTotal => ({
	...hourly,
	amounts: hourly.amounts.map(({currency, nanos}) => ({currency, nanos: Math.round(nanos * hoursPerMonth)})),
});
