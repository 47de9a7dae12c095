import {type RowChanges, type RowTable, type Slot} from './row-table.ts';
import {createNameOrder} from './name-order.ts';
import {placeOf} from './place-of.ts';
import {type ColumnKey, compareColumn, columnKeyOf, naturalKey} from './sort-keys.ts';
import {type Sort} from '../sort.ts';

/** The order of all rows, filtered or not. */
export type RowOrder = {
	readonly slots: () => readonly Slot[];
	/** Orders all rows anew. */
	readonly sortBy: (sort: Sort) => void;
	/** Does ahead of time what the first `sortBy` would have to. */
	readonly prepare: () => void;
	/** Puts what changed into its place; the rest is copied, not compared. Gives the changed ones that had to move. */
	readonly update: (changes: RowChanges) => ReadonlySet<Slot>;
	readonly compare: (a: Slot, b: Slot) => number;
};

const fewSlots = 64;

/** Keeps what rows are compared by, so that a comparison reads two values and works nothing out. */
export function createRowOrder(table: RowTable, first: Sort): RowOrder {
	const {resources} = table;
	let sort = first;
	let slots: readonly Slot[] = [];
	const columns: (number | string | undefined)[] = [];
	const names: string[] = [];
	const rawNames: string[] = [];

	const byName = createNameOrder(table, names);

	// By the column, then always by name and reference, so that the order is total and rows never swap by themselves.
	const compare = (a: Slot, b: Slot): number => compareColumn(columns[a], columns[b], sort.isDescending) || byName.compare(a, b);

	const readColumn = (slot: Slot) => columnKeyOf(resources[slot]!, sort.column, names[slot]!);

	const readName = (slot: Slot): boolean => {
		const {name} = resources[slot]!;
		if (name === rawNames[slot]) {
			return false;
		}

		rawNames[slot] = name;
		names[slot] = naturalKey(name);
		return true;
	};

	return {
		slots: () => slots,
		compare,
		sortBy(next) {
			sort = next;
			for (const slot of slots) {
				columns[slot] = readColumn(slot);
			}

			slots = orderBy(columns, byName.sorted(slots), sort);
		},
		prepare() {
			byName.sorted(slots);
		},
		update({added, changed, removed}) {
			const moving = new Set<Slot>();
			let hasNewNames = added.length > 0 || removed.size > 0;
			for (const slot of changed) {
				const isRenamed = readName(slot);
				hasNewNames ||= isRenamed;
				const column = readColumn(slot);
				if (isRenamed || column !== columns[slot]) {
					columns[slot] = column;
					moving.add(slot);
				}
			}

			for (const slot of added) {
				readName(slot);
				columns[slot] = readColumn(slot);
			}

			if (hasNewNames) {
				byName.invalidate();
			}

			const leaving = [...moving, ...removed];
			const arriving = [...moving, ...added];
			if (leaving.length + arriving.length > 0) {
				slots =
					leaving.length + arriving.length <= fewSlots
						? moveFew(slots, leaving, arriving, compare)
						: merge(leaving.length === 0 ? slots : without(slots, new Set(leaving)), arriving.toSorted(compare), compare);
			}

			return moving;
		},
	};
}

/**
What is within one value is in the order of the names already, so the values are sorted and not the rows; mostly they are few.
The values of the name itself come in their order, too.
*/
function orderBy(columns: readonly ColumnKey[], byName: readonly Slot[], {column, isDescending}: Sort): readonly Slot[] {
	if (column === 'name' && !isDescending) {
		return byName;
	}

	const groups = new Map<ColumnKey, Slot[]>();
	for (const slot of byName) {
		const group = groups.get(columns[slot]);
		if (group === undefined) {
			groups.set(columns[slot], [slot]);
		} else {
			group.push(slot);
		}
	}

	const keys = [...groups.keys()];
	const sorted = column === 'name' ? keys.toReversed() : keys.toSorted((a, b) => compareColumn(a, b, isDescending));
	return sorted.flatMap(key => groups.get(key)!);
}

const without = (slots: readonly Slot[], leaving: ReadonlySet<Slot>): readonly Slot[] => slots.filter(slot => !leaving.has(slot));

// Searching and shifting numbers that lie in a row takes microseconds; a pass that asks about each of them takes milliseconds.
function moveFew(
	slots: readonly Slot[],
	leaving: readonly Slot[],
	arriving: readonly Slot[],
	compare: (a: Slot, b: Slot) => number,
): readonly Slot[] {
	const moved = [...slots];
	for (const slot of leaving) {
		moved.splice(moved.indexOf(slot), 1);
	}

	for (const slot of arriving) {
		moved.splice(placeOf(slot, moved, 0, compare), 0, slot);
	}

	return moved;
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
