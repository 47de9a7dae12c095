import {type Resource} from '../../core/resource.ts';
import {type SourceState} from '../state.ts';
import {needsAttention} from './attention.ts';
import {everything, type Filter, isNarrower, matchesFilter} from './filter.ts';
import {orderAll, reorder} from './order-rows.ts';
import {haystackOf, type Row} from './row.ts';
import {defaultSort, type Sort} from './sort.ts';
import {type RowChanges, type SourceRows, syncRows} from './sync-rows.ts';

export type RowQuery = {
	readonly sources: readonly SourceState[];
	readonly filter: Filter;
	readonly sort: Sort;
	readonly attentionOnly?: boolean;
	/** Rows of failed sources come last, by provider, each a group with a line above it. */
	readonly groupStale?: boolean;
};

/** Rows of one provider whose sources failed. */
export type StaleGroup = {readonly provider: string; readonly start: number; readonly count: number};

export type QueriedRows = {
	/** The same array as before while nothing in it changed. */
	readonly rows: readonly Resource[];
	/** How many there are without a filter. */
	readonly total: number;
	readonly staleGroups: readonly StaleGroup[];
};

export type RowView = {
	readonly rows: (query: RowQuery) => QueriedRows;
	/**
	Prepares some more rows for the first key of a filter, so that it need not do it for all of them.
	Says whether there are more; call it when nothing else is to do.
	*/
	readonly warm: (count: number) => boolean;
};

/** Filters and sorts the inventory again and again; a call costs what changed since the last one. */
export function createRowView(): RowView {
	let query: RowQuery | undefined;
	let result: QueriedRows = {rows: [], total: 0, staleGroups: []};
	let sourceRows: readonly SourceRows[] = [];
	let order: readonly Row[] = [];
	let sort: Sort = defaultSort;
	let filter: Filter = everything;
	let filterNumber = 1;
	let warmed = 0;

	const sync = (sources: readonly SourceState[]) => {
		const changes: RowChanges = {added: [], changed: [], removed: 0};
		sourceRows = syncRows(sourceRows, sources, changes);
		order = reorder(order, changes, sort);
		if (changes.added.length > 0 || changes.changed.length > 0) {
			warmed = 0;
		}
	};

	const applyFilter = (next: Filter) => {
		if (next === filter || next.text === filter.text) {
			return;
		}

		const previousNumber = filterNumber++;
		const isNarrowed = isNarrower(next, filter);
		filter = next;
		if (isNarrowed) {
			for (const row of order) {
				// What was hidden stays hidden without being asked again.
				if (row.askedBy === previousNumber && !row.isMatch) {
					row.askedBy = filterNumber;
				}
			}
		}
	};

	const isShown = (row: Row) => {
		if (row.askedBy !== filterNumber) {
			row.askedBy = filterNumber;
			row.isMatch = matchesFilter(filter, row);
		}

		return row.isMatch;
	};

	return {
		rows(next) {
			if (query !== undefined && isSameQuery(query, next)) {
				return result;
			}

			if (query?.sources !== next.sources) {
				sync(next.sources);
			}

			if (sort.column !== next.sort.column || sort.isDescending !== next.sort.isDescending) {
				sort = next.sort;
				order = orderAll(order, sort);
			}

			applyFilter(next.filter);
			query = next;
			result = keepSame(result, collect(order, next, isShown));
			return result;
		},
		warm(count) {
			const end = Math.min(order.length, warmed + count);
			for (; warmed < end; warmed++) {
				haystackOf(order[warmed]!);
			}

			return warmed < order.length;
		},
	};
}

const isSameQuery = (a: RowQuery, b: RowQuery): boolean =>
	a.sources === b.sources &&
	a.filter.text === b.filter.text &&
	a.sort.column === b.sort.column &&
	a.sort.isDescending === b.sort.isDescending &&
	(a.attentionOnly ?? false) === (b.attentionOnly ?? false) &&
	(a.groupStale ?? false) === (b.groupStale ?? false);

function collect(order: readonly Row[], {sources, attentionOnly, groupStale}: RowQuery, isShown: (row: Row) => boolean): QueriedRows {
	const rows: Resource[] = [];
	const stale = new Map<string, Resource[]>();
	if (groupStale) {
		for (const {phase, provider} of sources) {
			if (phase === 'failed') {
				stale.set(provider, []);
			}
		}
	}

	const groupOf = sources.map(({phase, provider}) => (phase === 'failed' ? stale.get(provider) : undefined));
	for (const row of order) {
		if (isShown(row) && (!attentionOnly || needsAttention(row.resource))) {
			(groupOf[row.source] ?? rows).push(row.resource);
		}
	}

	const staleGroups: StaleGroup[] = [];
	for (const [provider, resources] of stale) {
		if (resources.length > 0) {
			staleGroups.push({provider, start: rows.length, count: resources.length});
			for (const resource of resources) {
				rows.push(resource);
			}
		}
	}

	return {rows, total: order.length, staleGroups};
}

// Who draws compares references: a change in a hidden row must not look like one.
function keepSame(before: QueriedRows, after: QueriedRows): QueriedRows {
	const isSameRows = before.rows.length === after.rows.length && before.rows.every((resource, index) => resource === after.rows[index]);
	const rows = isSameRows ? before.rows : after.rows;
	const isSameGroups = JSON.stringify(before.staleGroups) === JSON.stringify(after.staleGroups);
	const staleGroups = isSameGroups ? before.staleGroups : after.staleGroups;
	return isSameRows && isSameGroups && before.total === after.total ? before : {rows, total: after.total, staleGroups};
}
