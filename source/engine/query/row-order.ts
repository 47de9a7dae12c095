import {type RowChanges, type RowTable, type Slot} from './row-table.ts';
import {compareColumn, columnKeyOf, naturalKey} from './sort-keys.ts';
import {type Sort} from './sort.ts';

/** The order of all rows, filtered or not. */
export type RowOrder = {
	readonly slots: () => readonly Slot[];
	/** Orders all rows anew. */
	readonly sortBy: (sort: Sort) => void;
	/** Puts what changed into its place; the rest is copied, not compared. */
	readonly update: (changes: RowChanges) => void;
};

/** Keeps what rows are compared by, so that a comparison reads two values and works nothing out. */
export function createRowOrder({resources}: RowTable, first: Sort): RowOrder {
	let sort = first;
	let slots: readonly Slot[] = [];
	const columns: (number | string | undefined)[] = [];
	const names: string[] = [];

	// By the column, then always by name and reference, so that the order is total and rows never swap by themselves.
	const compare = (a: Slot, b: Slot): number => {
		const byColumn = compareColumn(columns[a], columns[b], sort.isDescending);
		if (byColumn !== 0) {
			return byColumn;
		}

		if (names[a] !== names[b]) {
			return names[a]! < names[b]! ? -1 : 1;
		}

		const [refA, refB] = [resources[a]!.ref, resources[b]!.ref];
		return refA < refB ? -1 : refA > refB ? 1 : 0;
	};

	const readColumn = (slot: Slot) => columnKeyOf(resources[slot]!, sort.column, names[slot]!);

	return {
		slots: () => slots,
		sortBy(next) {
			sort = next;
			for (const slot of slots) {
				columns[slot] = readColumn(slot);
			}

			slots = slots.toSorted(compare);
		},
		update({added, changed, removed}) {
			const moving = new Set<Slot>();
			for (const slot of changed) {
				const name = naturalKey(resources[slot]!.name);
				const isRenamed = name !== names[slot];
				names[slot] = name;
				const column = readColumn(slot);
				if (isRenamed || column !== columns[slot]) {
					columns[slot] = column;
					moving.add(slot);
				}
			}

			for (const slot of added) {
				names[slot] = naturalKey(resources[slot]!.name);
				columns[slot] = readColumn(slot);
			}

			if (moving.size > 0 || added.length > 0 || removed.size > 0) {
				const staying = moving.size + removed.size === 0 ? slots : slots.filter(slot => !moving.has(slot) && !removed.has(slot));
				slots = merge(staying, [...moving, ...added].toSorted(compare), compare);
			}
		},
	};
}

function merge(staying: readonly Slot[], arriving: readonly Slot[], compare: (a: Slot, b: Slot) => number): readonly Slot[] {
	if (staying.length === 0) {
		return arriving;
	}

	const merged: Slot[] = [];
	let from = 0;
	for (const slot of arriving) {
		const to = placeOf(slot, staying, from, compare);
		while (from < to) {
			merged.push(staying[from++]!);
		}

		merged.push(slot);
	}

	while (from < staying.length) {
		merged.push(staying[from++]!);
	}

	return merged;
}

function placeOf(slot: Slot, staying: readonly Slot[], from: number, compare: (a: Slot, b: Slot) => number): number {
	let low = from;
	let high = staying.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (compare(staying[middle]!, slot) <= 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}
