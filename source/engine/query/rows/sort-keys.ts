import {hourlyOf} from '../../../core/money/cost.ts';
import {compareKey} from '../../../core/money/money.ts';
import {placeOf, type Resource, type ResourceStatus} from '../../../core/resource.ts';
import {type SortColumn} from '../sort.ts';

/** Undefined when the resource has nothing in this column; it then comes last, whichever way the order goes. */
export type ColumnKey = number | string | undefined;

// Most in need of a look first.
const statusOrder: readonly ResourceStatus[] = [
	'failed',
	'deleting',
	'stopping',
	'hibernating',
	'resuming',
	'creating',
	'pending',
	'running',
	'hibernated',
	'stopped',
	'unknown',
	'deleted',
];

const columnKeys: Readonly<Record<Exclude<SortColumn, 'name'>, (resource: Resource) => ColumnKey>> = {
	provider: resource => resource.provider,
	where: resource => memoKey(placeOf(resource)) || undefined,
	type: resource => resource.type,
	status: resource => statusOrder.indexOf(resource.status),
	size: ({size}) => (size === undefined ? undefined : memoKey(size)),
	// An age grows as its time of birth falls.
	age: ({createdAt}) => (createdAt === undefined ? undefined : -createdAt),
	hourly: resource => compareKey(hourlyOf(resource)),
	monthly: resource => compareKey(hourlyOf(resource)),
};

/** What a resource is ordered by in a column; `name` is its natural key. */
export const columnKeyOf = (resource: Resource, column: SortColumn, name: string): ColumnKey =>
	column === 'name' ? name : columnKeys[column](resource);

export function compareColumn(a: ColumnKey, b: ColumnKey, isDescending: boolean): number {
	if (a === b) {
		return 0;
	}

	if (a === undefined || b === undefined) {
		return a === undefined ? 1 : -1;
	}

	return a < b === isDescending ? 1 : -1;
}

/**
A text that plain comparison orders as people do: `fold-2` before `fold-17`, case aside. A collator would say the same
at a hundred times the cost for each comparison.
*/
export const naturalKey = (text: string): string => text.toLowerCase().replaceAll(/\d+/g, digits => digits.padStart(9, '0'));

const memo = new Map<string, string>();
const memoSize = 4096;

// Sizes and places are few and come again and again.
function memoKey(text: string): string {
	const known = memo.get(text);
	if (known !== undefined) {
		return known;
	}

	if (memo.size >= memoSize) {
		memo.clear();
	}

	const key = naturalKey(text);
	memo.set(text, key);
	return key;
}
