import {type RowTable, type Slot} from './row-table.ts';

/** All rows by name, then by reference: what decides within equal values of every column. */
export type NameOrder = {
	readonly compare: (a: Slot, b: Slot) => number;
	/** Rows came, went or were renamed. */
	readonly invalidate: () => void;
	/** All the given slots in the order of their names; the last answer is the start of the next one. */
	readonly sorted: (slots: readonly Slot[]) => readonly Slot[];
};

export function createNameOrder({resources}: RowTable, names: readonly string[]): NameOrder {
	let order: readonly Slot[] = [];
	let isValid = false;

	const compare = (a: Slot, b: Slot): number => {
		if (names[a] !== names[b]) {
			return names[a]! < names[b]! ? -1 : 1;
		}

		const [refA, refB] = [resources[a]!.ref, resources[b]!.ref];
		return refA < refB ? -1 : refA > refB ? 1 : 0;
	};

	return {
		compare,
		invalidate() {
			isValid = false;
		},
		sorted(slots) {
			if (!isValid) {
				// Nearly in order already, which makes the sort nearly linear.
				const present = new Set(slots);
				const staying = order.filter(slot => present.delete(slot));
				order = [...staying, ...present].toSorted(compare);
				isValid = true;
			}

			return order;
		},
	};
}
