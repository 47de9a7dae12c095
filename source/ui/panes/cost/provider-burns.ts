import {type MoneyTotal} from '../../../core/money/money.ts';
import {addTotals} from '../../../engine/selectors/add-totals.ts';
import {summaryOf} from '../../../engine/selectors/source-summary.ts';
import {type SourceState} from '../../../engine/state.ts';

export type ProviderBurn = {readonly provider: string; readonly hourly: MoneyTotal; readonly isFailed: boolean};

const memo = new WeakMap<readonly SourceState[], readonly ProviderBurn[]>();

/** What each provider that has something costs an hour: the dearest first, then what has no price, then what is free. */
export function providerBurns(sources: readonly SourceState[]): readonly ProviderBurn[] {
	const known = memo.get(sources);
	if (known !== undefined) {
		return known;
	}

	const burns = [...Map.groupBy(sources, source => source.provider)]
		.filter(([, own]) => own.some(source => source.resources.length > 0))
		.map(([provider, own]) => ({
			provider,
			hourly: addTotals(own.map(source => summaryOf(source).burn)),
			isFailed: own.some(source => source.phase === 'failed'),
		}))
		.toSorted(
			(a, b) => weight(b.hourly) - weight(a.hourly) || b.hourly.unpriced - a.hourly.unpriced || a.provider.localeCompare(b.provider),
		);
	memo.set(sources, burns);
	return burns;
}

/** Bars compare one currency: the first. */
export const weight = ({amounts}: MoneyTotal): number => amounts[0]?.nanos ?? 0;
