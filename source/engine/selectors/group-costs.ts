import {hourlyOf} from '../../core/money/cost.ts';
import {type Money, type MoneyTotal, total} from '../../core/money/money.ts';
import {type Resource} from '../../core/resource.ts';
import {type EngineState} from '../state.ts';
import {monthlyTotal} from './burn.ts';

export type CostKey = 'provider' | 'type' | 'account';

export type CostGroup = {
	readonly key: string;
	readonly resources: number;
	readonly hourly: MoneyTotal;
	/** The same for a month of `state.hoursPerMonth`. */
	readonly monthly: MoneyTotal;
};

/** What everything costs now, grouped; dearest first. */
export function groupCosts({sources, hoursPerMonth}: Pick<EngineState, 'sources' | 'hoursPerMonth'>, by: CostKey): readonly CostGroup[] {
	const groups = new Map<string, Money[]>();
	for (const {resources} of sources) {
		for (const resource of resources) {
			const key = keyOf(resource, by);
			const group = groups.get(key);
			if (group) {
				group.push(hourlyOf(resource));
			} else {
				groups.set(key, [hourlyOf(resource)]);
			}
		}
	}

	return [...groups]
		.map(([key, parts]) => {
			const hourly = total(parts);
			return {key, resources: parts.length, hourly, monthly: monthlyTotal(hourly, hoursPerMonth)};
		})
		.toSorted((a, b) => (b.hourly.amounts[0]?.nanos ?? -1) - (a.hourly.amounts[0]?.nanos ?? -1) || a.key.localeCompare(b.key));
}

const keyOf = (resource: Resource, by: CostKey): string =>
	by === 'account' ? `${resource.provider}/${resource.account ?? '-'}` : resource[by];
