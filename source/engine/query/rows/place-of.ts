import {type Slot} from './row-table.ts';

/** Where a slot belongs among those that are in order, not before `from`. */
export function placeOf(slot: Slot, slots: readonly Slot[], from: number, compare: (a: Slot, b: Slot) => number): number {
	let low = from;
	let high = slots.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (compare(slots[middle]!, slot) <= 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}
