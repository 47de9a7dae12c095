import {textWidth} from '../../../core/text/text.ts';
import {type Resource} from '../../../core/resource.ts';
import {type Column, type ColumnId, type RowContext} from './columns.ts';
import {type ColumnWidths, type FittedColumn, fitColumns} from './fit-columns.ts';

export type ColumnMeter = {
	/** Columns for a list whose visible rows are `shown`. They only ever widen until `epoch` changes, so that nothing jumps while scrolling. */
	readonly fit: (options: {
		readonly rows: readonly Resource[];
		readonly shown: readonly Resource[];
		readonly context: RowContext;
		readonly available: number;
		readonly isWide: boolean;
		readonly columns: readonly Column[];
		readonly epoch: string;
	}) => readonly FittedColumn[];
};

const sampleSize = 60;

export function createColumnMeter(): ColumnMeter {
	let epoch: string | undefined;
	let widths: ColumnWidths = {};
	let measured = new WeakMap<Resource, 'known' | 'shown'>();
	let fitted: readonly FittedColumn[] = [];
	let isNew = false;
	let columns: readonly Column[] = [];
	const welcome = new Set<ColumnId>();
	const isExtra = (id: string): boolean => columns.some(column => column.isExtra && column.id === id);

	// Uninvited, an extra has to say something in a quarter of the rows: a column for one of them is mostly a hole.
	const welcomeExtras = (shown: readonly Resource[], context: RowContext): boolean => {
		const before = welcome.size;
		for (const {id, text, isExtra} of columns) {
			if (isExtra && !welcome.has(id) && shown.filter(resource => text(resource, context) !== '').length * 4 >= shown.length) {
				welcome.add(id);
			}
		}

		return welcome.size > before;
	};

	const measure = (resource: Resource, context: RowContext, isShown: boolean): boolean => {
		const before = measured.get(resource);
		if (before === 'shown' || (before === 'known' && !isShown)) {
			return false;
		}

		measured.set(resource, isShown ? 'shown' : 'known');
		isNew ||= isShown;
		let next: Partial<Record<ColumnId, number>> | undefined;
		for (const column of columns) {
			// An extra has to have something to say in the rows that are seen.
			if (column.isExtra && !isShown) {
				continue;
			}

			const cells = Math.min(column.max, textWidth(column.text(resource, context)));
			if (cells > (widths[column.id] ?? 0)) {
				next ??= {...widths};
				next[column.id] = cells;
			}
		}

		widths = next ?? widths;
		return next !== undefined;
	};

	return {
		fit({rows, shown, context, available, isWide, columns: nextColumns, epoch: nextEpoch}) {
			let isChanged = false;
			if (epoch !== nextEpoch || columns !== nextColumns) {
				epoch = nextEpoch;
				columns = nextColumns;
				widths = {};
				measured = new WeakMap();
				welcome.clear();
				isChanged = true;
			}

			for (const resource of shown) {
				isChanged = measure(resource, context, true) || isChanged;
			}

			for (const resource of rows.slice(0, sampleSize)) {
				isChanged = measure(resource, context, false) || isChanged;
			}

			if (isNew) {
				isNew = false;
				isChanged = welcomeExtras(shown, context) || isChanged;
			}

			if (isChanged) {
				const known = Object.entries(widths).filter(([id]) => isWide || welcome.has(id as ColumnId) || !isExtra(id));
				fitted = fitColumns({available, widths: Object.fromEntries(known), isWide, columns});
			}

			return fitted;
		},
	};
}
