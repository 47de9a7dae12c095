import {hourlyOf} from '../../core/cost.ts';
import {compareKey} from '../../core/money.ts';
import {type Resource, type ResourceStatus} from '../../core/resource.ts';
import {type Sort, type SortColumn} from './sort.ts';

/** What a resource is ordered by, worked out once: the column, then the name, then the reference, so that the order is total. */
export type SortKeys = {
	/** Undefined when the resource has nothing in this column; it then comes last, whichever way the order goes. */
	readonly column: number | string | undefined;
	readonly name: string;
	readonly ref: string;
};

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

const columnKeys: Readonly<Record<SortColumn, (resource: Resource) => number | string | undefined>> = {
	name: resource => naturalKey(resource.name),
	provider: resource => resource.provider,
	where: ({account, region}) =>
		account === undefined && region === undefined ? undefined : naturalKey(`${account ?? ''}/${region ?? ''}`),
	type: resource => resource.type,
	status: resource => statusOrder.indexOf(resource.status),
	size: ({size}) => (size === undefined ? undefined : naturalKey(size)),
	// An age grows as its time of birth falls.
	age: ({createdAt}) => (createdAt === undefined ? undefined : -createdAt),
	hourly: resource => compareKey(hourlyOf(resource)),
	monthly: resource => compareKey(hourlyOf(resource)),
};

export const sortKeysOf = (resource: Resource, column: SortColumn, name = naturalKey(resource.name)): SortKeys => ({
	column: columnKeys[column](resource),
	name,
	ref: resource.ref,
});

export const hasSameKeys = (a: SortKeys, b: SortKeys): boolean => a.column === b.column && a.name === b.name && a.ref === b.ref;

/** Orders by the column, turned round when descending, and always by name within the same value. */
export function compareKeys({isDescending}: Sort): (a: SortKeys, b: SortKeys) => number {
	const sign = isDescending ? -1 : 1;
	return (a, b) => {
		if (a.column !== b.column) {
			if (a.column === undefined || b.column === undefined) {
				return a.column === undefined ? 1 : -1;
			}

			return a.column < b.column ? -sign : sign;
		}

		if (a.name !== b.name) {
			return a.name < b.name ? -1 : 1;
		}

		return a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0;
	};
}

/**
A text that plain comparison orders as people do: `fold-2` before `fold-17`, case aside. A collator would say the same
at a hundred times the cost for each comparison.
*/
export const naturalKey = (text: string): string => text.toLowerCase().replaceAll(/\d+/g, digits => digits.padStart(9, '0'));
