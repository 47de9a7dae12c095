import {hourlyOf} from '../../core/money/cost.ts';
import {type Money, type MoneyTotal} from '../../core/money/money.ts';
import {isRunning, type Resource} from '../../core/resource.ts';
import {type SourceState} from '../state.ts';

/** What the header and the cost pane need of one source. */
export type SourceSummary = {
	readonly resources: number;
	readonly running: number;
	readonly burn: MoneyTotal;
	readonly failed: readonly Resource[];
};

type Counters = {
	resources: number;
	running: number;
	unpriced: number;
	free: number;
	usage: number;
	readonly amounts: Map<string, number>;
	readonly failed: Map<string, Resource>;
};

type Entry = {readonly rows: readonly Resource[]; readonly counters: Counters; readonly summary: SourceSummary};

const memo = new Map<string, Entry>();

/**
Counts a source. Only rows that are not the same object as before are looked at, so that one changed row among many costs one
pass over pointers; whatever was counted last only makes it quicker, never different.
*/
export function summaryOf({key, resources}: Pick<SourceState, 'key' | 'resources'>): SourceSummary {
	const last = memo.get(key);
	if (last?.rows === resources) {
		return last.summary;
	}

	const counters = last?.counters ?? emptyCounters();
	const before = last?.rows ?? [];
	const length = Math.max(before.length, resources.length);
	for (let index = 0; index < length; index++) {
		const old = before[index];
		const row = resources[index];
		if (old !== row) {
			if (old) {
				count(counters, old, -1);
			}

			if (row) {
				count(counters, row, 1);
			}
		}
	}

	const summary = toSummary(counters);
	memo.set(key, {rows: resources, counters, summary});
	return summary;
}

const emptyCounters = (): Counters => ({resources: 0, running: 0, unpriced: 0, free: 0, usage: 0, amounts: new Map(), failed: new Map()});

function count(counters: Counters, row: Resource, by: 1 | -1): void {
	counters.resources += by;
	counters.running += isRunning(row.status) ? by : 0;
	countMoney(counters, hourlyOf(row), by);
	if (by === 1 && row.status === 'failed') {
		counters.failed.set(row.ref, row);
	} else if (counters.failed.get(row.ref) === row) {
		counters.failed.delete(row.ref);
	}
}

function countMoney(counters: Counters, money: Money, by: 1 | -1): void {
	if (money.kind === 'known') {
		counters.amounts.set(money.currency, (counters.amounts.get(money.currency) ?? 0) + by * money.nanos);
		return;
	}

	counters[money.kind === 'unknown' ? 'unpriced' : money.kind] += by;
}

const toSummary = ({resources, running, unpriced, free, usage, amounts, failed}: Counters): SourceSummary => ({
	resources,
	running,
	burn: {
		amounts: [...amounts].filter(([, nanos]) => nanos !== 0).map(([currency, nanos]) => ({currency, nanos})),
		unpriced,
		free,
		usage,
	},
	failed: [...failed.values()],
});
