import {type Resource} from '../../core/resource.ts';
import {type ResourceRef} from '../../core/reference.ts';

/**
The rows of one source while they change. A change costs the same whatever the size; the immutable array that the state shows is
copied once for all changes since the last copy.
*/
export type SourceTable = {
	readonly get: (ref: ResourceRef) => Resource | undefined;
	readonly size: () => number;
	/** A known row keeps its place, a new one comes last. */
	readonly set: (row: Resource) => void;
	/** Puts a row in the place of another that has a different reference. */
	readonly rename: (from: ResourceRef, row: Resource) => void;
	readonly remove: (ref: ResourceRef) => boolean;
	readonly replace: (rows: readonly Resource[]) => void;
	readonly values: () => readonly Resource[];
	readonly isChanged: () => boolean;
};

export function createSourceTable(): SourceTable {
	let rows: (Resource | undefined)[] = [];
	let index = new Map<ResourceRef, number>();
	let snapshot: readonly Resource[] | undefined = [];

	const compact = () => {
		rows = rows.filter(row => row !== undefined);
		index = new Map(rows.map((row, position) => [row!.ref, position]));
	};

	const set = (row: Resource) => {
		const position = index.get(row.ref);
		if (position === undefined) {
			index.set(row.ref, rows.length);
			rows.push(row);
		} else if (rows[position] === row) {
			return;
		} else {
			rows[position] = row;
		}

		snapshot = undefined;
	};

	const remove = (ref: ResourceRef) => {
		const position = index.get(ref);
		if (position === undefined) {
			return false;
		}

		index.delete(ref);
		rows[position] = undefined;
		snapshot = undefined;
		// Moving all later rows up at once now and then keeps a single removal cheap.
		if (rows.length > 2 * index.size + 16) {
			compact();
		}

		return true;
	};

	return {
		get: ref => rows[index.get(ref) ?? -1],
		size: () => index.size,
		set,
		remove,
		rename(from, row) {
			const position = index.get(from);
			if (position === undefined || index.has(row.ref)) {
				remove(from);
				set(row);
				return;
			}

			index.delete(from);
			index.set(row.ref, position);
			rows[position] = row;
			snapshot = undefined;
		},
		replace(next) {
			if (next.length === rows.length && next.every((row, position) => row === rows[position])) {
				return;
			}

			const isInPlace = next.length === rows.length && next.every(({ref}, position) => ref === rows[position]?.ref);
			rows = [...next];
			snapshot = undefined;
			if (isInPlace) {
				return;
			}

			index = new Map(next.map((row, position) => [row.ref, position]));
			// A provider that names one thing twice: the later entry stands.
			if (index.size < rows.length) {
				rows = rows.filter((row, position) => index.get(row!.ref) === position);
				compact();
			}
		},
		values() {
			snapshot ??= rows.length === index.size ? (rows.slice() as Resource[]) : rows.filter(row => row !== undefined);
			return snapshot;
		},
		isChanged: () => snapshot === undefined,
	};
}
