import {type Resource} from '../../core/resource.ts';
import {type SourceState} from '../state.ts';
import {needsAttention} from './attention.ts';
import {everything, type Filter, isNarrower} from './filter.ts';
import {createRowOrder} from './rows/row-order.ts';
import {createRowTable, type RowTable, type Slot} from './rows/row-table.ts';
import {defaultSort, type Sort} from './sort.ts';

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
	Prepares some more rows for the first key of a filter and the first change of the sort, so that these need not do it for all.
	Says whether there are more; call it when nothing else is to do.
	*/
	readonly warm: (count: number) => boolean;
};

/** Filters and sorts the inventory again and again; a call costs what changed since the last one. */
export function createRowView(): RowView {
	const table = createRowTable();
	const order = createRowOrder(table, defaultSort);
	let query: RowQuery = {sources: [], filter: everything, sort: defaultSort};
	let result: QueriedRows = {rows: [], total: 0, staleGroups: []};
	// By slot: whether the filter shows it.
	let isShown = new Uint8Array(0);
	let warmed = 0;

	const ask = ({matches, readsText}: Filter, slot: Slot) => {
		isShown[slot] = matches(table.resources[slot]!, readsText ? table.textOf(slot) : '') ? 1 : 0;
	};

	const sync = (sources: readonly SourceState[]) => {
		const changes = table.sync(sources);
		order.update(changes);
		if (isShown.length < table.resources.length) {
			const grown = new Uint8Array(table.resources.length * 2);
			grown.set(isShown);
			isShown = grown;
		}

		for (const slots of [changes.added, changes.changed]) {
			for (const slot of slots) {
				ask(query.filter, slot);
				warmed = Math.min(warmed, slot);
			}
		}
	};

	const applyFilter = (filter: Filter) => {
		const isNarrowed = isNarrower(filter, query.filter);
		for (const [slot, resource] of table.resources.entries()) {
			// What was hidden stays hidden without being asked again.
			if (resource !== undefined && (!isNarrowed || isShown[slot] === 1)) {
				ask(filter, slot);
			}
		}
	};

	return {
		rows(next) {
			if (isSameQuery(query, next)) {
				return result;
			}

			if (query.sources !== next.sources) {
				sync(next.sources);
			}

			if (!isSameSort(query.sort, next.sort)) {
				order.sortBy(next.sort);
			}

			if (query.filter.text !== next.filter.text) {
				applyFilter(next.filter);
			}

			query = next;
			result = keepSame(result, collect(table, order.slots(), next, isShown));
			return result;
		},
		warm(count) {
			const end = Math.min(table.resources.length, warmed + count);
			for (; warmed < end; warmed++) {
				if (table.resources[warmed] !== undefined) {
					table.textOf(warmed);
				}
			}

			if (warmed < table.resources.length) {
				return true;
			}

			order.prepare();
			return false;
		},
	};
}

const isSameQuery = (a: RowQuery, b: RowQuery): boolean =>
	a.sources === b.sources &&
	a.filter.text === b.filter.text &&
	isSameSort(a.sort, b.sort) &&
	(a.attentionOnly ?? false) === (b.attentionOnly ?? false) &&
	(a.groupStale ?? false) === (b.groupStale ?? false);

const isSameSort = (a: Sort, b: Sort): boolean => a.column === b.column && a.isDescending === b.isDescending;

function collect(
	{resources, sourceOf}: RowTable,
	slots: readonly Slot[],
	{sources, attentionOnly, groupStale}: RowQuery,
	isShown: Uint8Array,
): QueriedRows {
	const rows: Resource[] = [];
	const stale = new Map<string, Resource[]>();
	if (groupStale) {
		for (const {phase, provider} of sources) {
			if (phase === 'failed') {
				stale.set(provider, []);
			}
		}
	}

	const groups = sources.map(({phase, provider}) => (phase === 'failed' ? stale.get(provider) : undefined));
	const hasGroups = stale.size > 0;
	for (const slot of slots) {
		if (isShown[slot] === 1 && (!attentionOnly || needsAttention(resources[slot]!))) {
			((hasGroups ? groups[sourceOf(slot)] : undefined) ?? rows).push(resources[slot]!);
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

	return {rows, total: slots.length, staleGroups};
}

// Who draws compares references: a change in a hidden row must not look like one.
function keepSame(before: QueriedRows, after: QueriedRows): QueriedRows {
	const isSameRows = before.rows.length === after.rows.length && before.rows.every((resource, index) => resource === after.rows[index]);
	const rows = isSameRows ? before.rows : after.rows;
	const isSameGroups = JSON.stringify(before.staleGroups) === JSON.stringify(after.staleGroups);
	const staleGroups = isSameGroups ? before.staleGroups : after.staleGroups;
	return isSameRows && isSameGroups && before.total === after.total ? before : {rows, total: after.total, staleGroups};
}
