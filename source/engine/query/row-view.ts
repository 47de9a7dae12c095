import {type Resource} from '../../core/resource.ts';
import {type SourceState} from '../state.ts';
import {needsAttention} from './attention.ts';
import {everything, type Filter, isNarrower} from './filter.ts';
import {patchRowList, type RowList} from './rows/row-list.ts';
import {createRowOrder} from './rows/row-order.ts';
import {createRowTable, type RowChanges, type RowTable, type Slot} from './rows/row-table.ts';
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

type Group = RowList & {
	/** Undefined for the rows of live sources, which come first. */
	readonly provider: string | undefined;
};

type SlotChanges = RowChanges & {readonly moved: ReadonlySet<Slot>};

// More are listed anew.
const fewChanges = 64;

/** Filters and sorts the inventory again and again; a call costs what changed since the last one. */
export function createRowView(): RowView {
	const table = createRowTable();
	const order = createRowOrder(table, defaultSort);
	let query: RowQuery = {sources: [], filter: everything, sort: defaultSort};
	let groups: readonly Group[] = [];
	let result: QueriedRows = {rows: [], total: 0, staleGroups: []};
	// By slot: whether the filter shows it.
	let isShown = new Uint8Array(0);
	let warmed = 0;

	const ask = ({matches, readsText}: Filter, slot: Slot) => {
		isShown[slot] = matches(table.resources[slot]!, readsText ? table.textOf(slot) : '') ? 1 : 0;
	};

	const sync = (sources: readonly SourceState[]): SlotChanges => {
		const changes = table.sync(sources);
		const moved = order.update(changes);
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

		return {...changes, moved};
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

			const isRelisted = !isSameListing(query, next);
			const changes = query.sources === next.sources ? undefined : sync(next.sources);
			if (!isSameSort(query.sort, next.sort)) {
				order.sortBy(next.sort);
			}

			if (query.filter.text !== next.filter.text) {
				applyFilter(next.filter);
			}

			query = next;
			const isListed = (slot: Slot) => isShown[slot] === 1 && (!next.attentionOnly || needsAttention(table.resources[slot]!));
			groups =
				isRelisted || changes === undefined || countOf(changes) > fewChanges
					? listRows(table, order.slots(), next, isListed)
					: patchGroups(groups, {changes, table, compare: order.compare, providers: groupedProviders(next), isListed});
			result = join(result, groups, order.slots().length);
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

/** Whether only rows may differ, neither which of them are asked for nor in what order and groups. */
const isSameListing = (a: RowQuery, b: RowQuery): boolean =>
	isSameQuery(a, {...b, sources: a.sources}) &&
	a.sources.length === b.sources.length &&
	a.sources.every(
		({key, phase}, index) => key === b.sources[index]!.key && (phase === 'failed') === (b.sources[index]!.phase === 'failed'),
	);

const isSameSort = (a: Sort, b: Sort): boolean => a.column === b.column && a.isDescending === b.isDescending;

const countOf = ({added, changed, removed}: SlotChanges): number => added.length + changed.length + removed.size;

/** By position of the source: the provider its rows are grouped by, undefined for those that are not. */
const groupedProviders = ({sources, groupStale}: RowQuery): readonly (string | undefined)[] =>
	sources.map(({phase, provider}) => (groupStale && phase === 'failed' ? provider : undefined));

function listRows(
	{resources, sourceOf}: RowTable,
	slots: readonly Slot[],
	query: RowQuery,
	isListed: (slot: Slot) => boolean,
): readonly Group[] {
	const providers = groupedProviders(query);
	const groups = [...new Set([undefined, ...providers])].map(provider => ({provider, slots: [] as Slot[], rows: [] as Resource[]}));
	const groupOf = providers.map(provider => groups.find(group => group.provider === provider)!);
	const [live] = groups;
	for (const slot of slots) {
		if (isListed(slot)) {
			const group = groups.length === 1 ? live! : groupOf[sourceOf(slot)]!;
			group.slots.push(slot);
			group.rows.push(resources[slot]!);
		}
	}

	return groups;
}

type Patching = {
	readonly changes: SlotChanges;
	readonly table: RowTable;
	readonly compare: (a: Slot, b: Slot) => number;
	readonly providers: readonly (string | undefined)[];
	readonly isListed: (slot: Slot) => boolean;
};

function patchGroups(groups: readonly Group[], {changes, table, compare, providers, isListed}: Patching): readonly Group[] {
	const {added, changed, removed, moved} = changes;
	return groups.map(group => {
		const isHere = (slot: Slot) => providers[table.sourceOf(slot)] === group.provider;
		const listed = changed.filter(slot => isHere(slot) && isListed(slot));
		return patchRowList(
			group,
			{
				hidden: [...[...removed].filter(isHere), ...changed.filter(slot => isHere(slot) && !isListed(slot))],
				replaced: listed.filter(slot => !moved.has(slot)),
				moved: [...listed.filter(slot => moved.has(slot)), ...added.filter(slot => isHere(slot) && isListed(slot))],
			},
			table,
			compare,
		);
	});
}

function isSameRows(a: readonly Resource[], b: readonly Resource[]): boolean {
	if (a.length !== b.length) {
		return false;
	}

	for (let index = 0; index < a.length; index++) {
		if (a[index] !== b[index]) {
			return false;
		}
	}

	return true;
}

/** One list of all groups. Who draws compares references: a change in a hidden row must not look like one. */
function join(before: QueriedRows, groups: readonly Group[], total: number): QueriedRows {
	const filled = groups.filter(({rows}) => rows.length > 0);
	const all = filled.length === 1 ? filled[0]!.rows : ([] as Resource[]).concat(...filled.map(group => group.rows));
	const rows = all === before.rows || isSameRows(before.rows, all) ? before.rows : all;
	let start = 0;
	const staleGroups: StaleGroup[] = [];
	for (const {provider, rows} of filled) {
		if (provider !== undefined) {
			staleGroups.push({provider, start, count: rows.length});
		}

		start += rows.length;
	}

	const isSameGroups = JSON.stringify(before.staleGroups) === JSON.stringify(staleGroups);
	return rows === before.rows && isSameGroups && before.total === total
		? before
		: {rows, total, staleGroups: isSameGroups ? before.staleGroups : staleGroups};
}
