import {type Row} from './row.ts';
import {compareKeys, hasSameKeys, sortKeysOf} from './sort-keys.ts';
import {type Sort} from './sort.ts';
import {type RowChanges} from './sync-rows.ts';

/** Orders all rows anew, by another column or direction. */
export function orderAll(rows: readonly Row[], sort: Sort): readonly Row[] {
	const compare = compareKeys(sort);
	for (const row of rows) {
		row.keys = sortKeysOf(row.resource, sort.column, row.keys?.name);
	}

	return rows.toSorted((a, b) => compare(a.keys!, b.keys!));
}

/** Puts what changed into its place in an order that stands; the rest is copied, not compared. */
export function reorder(order: readonly Row[], changes: RowChanges, sort: Sort): readonly Row[] {
	const moving = new Set<Row>();
	for (const row of changes.changed) {
		const keys = sortKeysOf(row.resource, sort.column);
		if (row.keys === undefined || !hasSameKeys(row.keys, keys)) {
			row.keys = keys;
			moving.add(row);
		}
	}

	for (const row of changes.added) {
		row.keys = sortKeysOf(row.resource, sort.column);
	}

	if (moving.size === 0 && changes.added.length === 0 && changes.removed === 0) {
		return order;
	}

	const compare = compareKeys(sort);
	const staying = moving.size === 0 && changes.removed === 0 ? order : order.filter(row => row.isPresent && !moving.has(row));
	const arriving = [...moving.values().filter(row => row.isPresent), ...changes.added].toSorted((a, b) => compare(a.keys!, b.keys!));
	return merge(staying, arriving, (a, b) => compare(a.keys!, b.keys!));
}

function merge(staying: readonly Row[], arriving: readonly Row[], compare: (a: Row, b: Row) => number): readonly Row[] {
	const merged: Row[] = [];
	let from = 0;
	for (const row of arriving) {
		const to = placeOf(row, staying, from, compare);
		while (from < to) {
			merged.push(staying[from++]!);
		}

		merged.push(row);
	}

	while (from < staying.length) {
		merged.push(staying[from++]!);
	}

	return merged;
}

function placeOf(row: Row, staying: readonly Row[], from: number, compare: (a: Row, b: Row) => number): number {
	let low = from;
	let high = staying.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (compare(staying[middle]!, row) <= 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}
