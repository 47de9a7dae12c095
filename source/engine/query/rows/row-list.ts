import {type Resource} from '../../../core/resource.ts';
import {placeOf} from './place-of.ts';
import {type RowTable, type Slot} from './row-table.ts';

/** Rows that are listed together, in order, and the slots they are in. */
export type RowList = {readonly slots: readonly Slot[]; readonly rows: readonly Resource[]};

/** What became of a few slots. */
export type RowPatch = {
	/** Are not listed, but may have been. */
	readonly hidden: Slot[];
	/** Hold another object and keep their place, if they had one. */
	readonly replaced: Slot[];
	/** Belong to another place than before. */
	readonly moved: Slot[];
};

/** Copies of pointers and a few searches, where listing anew looks at every row. The same list when nothing in it changed. */
export function patchRowList<List extends RowList>(
	list: List,
	{hidden, replaced, moved}: RowPatch,
	{resources}: Pick<RowTable, 'resources'>,
	compare: (a: Slot, b: Slot) => number,
): List {
	const places = new Map(replaced.map(slot => [slot, list.slots.indexOf(slot)]));
	const leaving = [...hidden, ...moved].filter(slot => list.slots.includes(slot));
	const arriving = [...moved, ...replaced.filter(slot => places.get(slot) === -1)];
	if (leaving.length + arriving.length + replaced.length === 0) {
		return list;
	}

	const rows = [...list.rows];
	for (const [slot, at] of places) {
		if (at !== -1) {
			rows[at] = resources[slot]!;
		}
	}

	if (leaving.length + arriving.length === 0) {
		return {...list, rows};
	}

	const slots = [...list.slots];
	for (const slot of leaving) {
		const at = slots.indexOf(slot);
		slots.splice(at, 1);
		rows.splice(at, 1);
	}

	// All that left is gone by now, so what remains is in order.
	for (const slot of arriving) {
		const at = placeOf(slot, slots, 0, compare);
		slots.splice(at, 0, slot);
		rows.splice(at, 0, resources[slot]!);
	}

	return {...list, slots, rows};
}
