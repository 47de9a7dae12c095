import {type Resource} from '../../core/resource.ts';
import {type SourceState} from '../state.ts';
import {createRow, hasSameText, type Row} from './row.ts';

/** The rows of one source, in its order. */
export type SourceRows = {
	readonly key: string;
	readonly resources: readonly Resource[];
	readonly rows: readonly Row[];
};

export type RowChanges = {
	/** In no order yet. */
	readonly added: Row[];
	/** Their resource is another object now; they may have to move. */
	readonly changed: Row[];
	removed: number;
};

/** Brings the rows in line with the sources. A source whose list is the same array costs nothing. */
export function syncRows(previous: readonly SourceRows[], sources: readonly SourceState[], changes: RowChanges): readonly SourceRows[] {
	const byKey = new Map(previous.map(source => [source.key, source]));
	const next = sources.map(({key, resources}, index) => {
		const before = byKey.get(key);
		byKey.delete(key);
		if (before === undefined) {
			return {key, resources, rows: addAll(resources, index, changes)};
		}

		if (before.rows[0] !== undefined && before.rows[0].source !== index) {
			for (const row of before.rows) {
				row.source = index;
			}
		}

		return before.resources === resources ? before : {key, resources, rows: syncSource(before, resources, index, changes)};
	});
	for (const gone of byKey.values()) {
		removeAll(gone.rows, changes);
	}

	return next;
}

function addAll(resources: readonly Resource[], source: number, changes: RowChanges): readonly Row[] {
	const rows = resources.map(resource => createRow(resource, source));
	for (const row of rows) {
		changes.added.push(row);
	}

	return rows;
}

function removeAll(rows: Iterable<Row>, changes: RowChanges): void {
	for (const row of rows) {
		row.isPresent = false;
		changes.removed++;
	}
}

// Lists mostly keep their positions, so rows are looked up by reference only from the first one that moved.
function syncSource(before: SourceRows, resources: readonly Resource[], source: number, changes: RowChanges): readonly Row[] {
	const rows: Row[] = [];
	let moved: Map<string, Row> | undefined;
	for (const [index, resource] of resources.entries()) {
		let row = moved === undefined ? before.rows[index] : moved.get(resource.ref);
		if (moved === undefined && row !== undefined && row.resource !== resource && row.resource.ref !== resource.ref) {
			moved = new Map(before.rows.slice(index).map(row => [row.resource.ref, row]));
			row = moved.get(resource.ref);
		}

		moved?.delete(resource.ref);
		if (row === undefined) {
			row = createRow(resource, source);
			changes.added.push(row);
		} else if (row.resource !== resource) {
			replace(row, resource, changes);
		}

		rows.push(row);
	}

	removeAll(moved?.values() ?? before.rows.slice(resources.length), changes);
	return rows;
}

function replace(row: Row, resource: Resource, changes: RowChanges): void {
	if (!hasSameText(row.resource, resource)) {
		row.haystack = undefined;
	}

	row.resource = resource;
	row.askedBy = 0;
	changes.changed.push(row);
}
