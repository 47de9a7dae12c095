import {type ListState} from '../state.ts';

export type ListBounds = {
	readonly length: number;
	readonly height: number;
	readonly keyAt: (index: number) => string | undefined;
};

/** Moves the cursor and keeps it inside the list and the window. */
export const moveList = (list: ListState, by: number, bounds: ListBounds): ListState => placeList(list, list.cursor + by, bounds);

export const chooseRow = (list: ListState): ListState => (list.isChosen ? list : {...list, isChosen: true});

export function placeList(list: ListState, index: number, {length, height, keyAt}: ListBounds): ListState {
	const cursor = clamp(index, 0, Math.max(0, length - 1));
	const top = clamp(clamp(list.top, cursor - height + 1, cursor), 0, Math.max(0, length - height));
	const key = keyAt(cursor);
	if (cursor === list.cursor && top === list.top && key === list.key) {
		return list;
	}

	return {cursor, top, ...(key === undefined ? {} : {key}), ...(list.isChosen ? {isChosen: true} : {})};
}

/**
After the rows changed: the cursor goes where its identity went, and the window with it; one that nobody moved stays first.
When its row is gone the cursor stays at its index.
*/
export function followList(list: ListState, bounds: ListBounds): ListState {
	const {length, keyAt} = bounds;
	if (!list.isChosen) {
		return placeList(list, 0, bounds);
	}

	if (list.key === undefined || (list.cursor < length && keyAt(list.cursor) === list.key)) {
		return placeList(list, list.cursor, bounds);
	}

	const index = indexOfKey(list.key, bounds);
	if (index === undefined) {
		return placeList(list, list.cursor, bounds);
	}

	// A list that shows its beginning goes on showing it while rows arrive above the cursor.
	const top = list.top === 0 ? 0 : list.top + index - list.cursor;
	return placeList({...list, top}, index, bounds);
}

function indexOfKey(key: string, {length, keyAt}: ListBounds): number | undefined {
	for (let index = 0; index < length; index++) {
		if (keyAt(index) === key) {
			return index;
		}
	}

	return undefined;
}

const clamp = (value: number, min: number, max: number) => Math.max(min, Math.min(value, max));
