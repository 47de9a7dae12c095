import {hourlyOf} from '../../../core/money/cost.ts';
import {type Money, type MoneyTotal} from '../../../core/money/money.ts';
import {type Resource} from '../../../core/resource.ts';
import {addTotals} from '../../../engine/selectors/add-totals.ts';
import {summaryOf} from '../../../engine/selectors/source-summary.ts';
import {type SourceState} from '../../../engine/state.ts';

export type CostGroup = {readonly name: string; readonly sum: MoneyTotal; readonly count: number};

type Priced = {readonly resource: Resource; readonly nanos: number};

type SourceFacts = {
	readonly accounts: readonly CostGroup[];
	readonly top: readonly Priced[];
	readonly idle: readonly Priced[];
	readonly idleCount: number;
	readonly unpriced: readonly Resource[];
	readonly unpricedCount: number;
};

export type CostFacts = SourceFacts & {readonly providers: readonly CostGroup[]; readonly types: readonly CostGroup[]};

/** How many of a list are named; the rest is counted. */
const named = 20;
const topNamed = 8;

/** What the cost view says, over all sources; a source that did not change is not looked at again. */
export function costFacts(sources: readonly SourceState[]): CostFacts {
	const all = sources.map(({resources}) => factsOf(resources));
	return {
		providers: groupSources(sources, ({provider}) => provider),
		types: groupSources(sources, ({type}) => type),
		accounts: mergeGroups(all.flatMap(({accounts}) => accounts)),
		top: dearest(
			all.flatMap(({top}) => top),
			topNamed,
		),
		idle: dearest(
			all.flatMap(({idle}) => idle),
			named,
		),
		idleCount: all.reduce((sum, {idleCount}) => sum + idleCount, 0),
		unpriced: all.flatMap(({unpriced}) => unpriced).slice(0, named),
		unpricedCount: all.reduce((sum, {unpricedCount}) => sum + unpricedCount, 0),
	};
}

const groupSources = (sources: readonly SourceState[], keyOf: (source: SourceState) => string): readonly CostGroup[] =>
	mergeGroups(
		sources.map(source => {
			const {burn, resources} = summaryOf(source);
			return {name: keyOf(source), sum: burn, count: resources};
		}),
	);

const mergeGroups = (groups: readonly CostGroup[]): readonly CostGroup[] =>
	[...Map.groupBy(groups, ({name}) => name)]
		.map(([name, own]) => ({name, sum: addTotals(own.map(({sum}) => sum)), count: own.reduce((sum, {count}) => sum + count, 0)}))
		.filter(({count}) => count > 0)
		.toSorted((a, b) => weight(b.sum) - weight(a.sum) || b.sum.unpriced - a.sum.unpriced || a.name.localeCompare(b.name));

/** Bars compare one currency: the first. */
export const weight = ({amounts}: MoneyTotal): number => amounts[0]?.nanos ?? 0;

const memo = new WeakMap<readonly Resource[], SourceFacts>();

type Counter = {count: number; unpriced: number; free: number; usage: number; readonly amounts: Map<string, number>};

// One pass that keeps little, because it may look at tens of thousands of rows.
function factsOf(resources: readonly Resource[]): SourceFacts {
	const known = memo.get(resources);
	if (known !== undefined) {
		return known;
	}

	const accounts = new Map<string, Counter>();
	const top = collectDearest(topNamed);
	const idle = collectDearest(named);
	const unpriced: Resource[] = [];
	let unpricedCount = 0;
	for (const resource of resources) {
		const hourly = hourlyOf(resource);
		countMoney(accountOf(accounts, resource), hourly);
		if (hourly.kind === 'known' && hourly.nanos > 0) {
			top.add(resource, hourly.nanos);
			if (resource.status === 'stopped' || resource.status === 'hibernated') {
				idle.add(resource, hourly.nanos);
			}
		} else if (hourly.kind === 'unknown') {
			unpricedCount++;
			if (unpriced.length < named) {
				unpriced.push(resource);
			}
		}
	}

	const facts: SourceFacts = {
		accounts: [...accounts].map(([name, {count, amounts, ...holes}]) => ({
			name,
			count,
			sum: {...holes, amounts: [...amounts].map(([currency, nanos]) => ({currency, nanos}))},
		})),
		top: top.items(),
		idle: idle.items(),
		idleCount: idle.count(),
		unpriced,
		unpricedCount,
	};
	memo.set(resources, facts);
	return facts;
}

function accountOf(accounts: Map<string, Counter>, {provider, account}: Resource): Counter {
	const name = account === undefined ? provider : `${provider} ${account}`;
	let counter = accounts.get(name);
	if (counter === undefined) {
		counter = {count: 0, unpriced: 0, free: 0, usage: 0, amounts: new Map()};
		accounts.set(name, counter);
	}

	return counter;
}

function countMoney(counter: Counter, money: Money): void {
	counter.count++;
	if (money.kind === 'known') {
		counter.amounts.set(money.currency, (counter.amounts.get(money.currency) ?? 0) + money.nanos);
	} else {
		counter[money.kind === 'unknown' ? 'unpriced' : money.kind]++;
	}
}

const dearest = (items: readonly Priced[], size: number): readonly Priced[] => items.toSorted((a, b) => b.nanos - a.nanos).slice(0, size);

// Keeps the dearest `size` while the others pass by.
function collectDearest(size: number) {
	let items: Priced[] = [];
	let count = 0;
	let least = 0;
	return {
		add(resource: Resource, nanos: number) {
			count++;
			if (items.length >= size && nanos <= least) {
				return;
			}

			items.push({resource, nanos});
			if (items.length > size) {
				items = [...dearest(items, size)];
				least = items.at(-1)!.nanos;
			}
		},
		items: (): readonly Priced[] => dearest(items, size),
		count: () => count,
	};
}
