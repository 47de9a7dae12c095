import {textWidth} from '../../../core/text.ts';
import {type Resource} from '../../../core/resource.ts';
import {columns, type ColumnId, type RowContext} from './columns.ts';
import {type ColumnWidths, type FittedColumn, fitColumns} from './fit-columns.ts';

export type ColumnMeter = {
	/** Columns for a list whose visible rows are `shown`. They only ever widen until `epoch` changes, so that nothing jumps while scrolling. */
	readonly fit: (options: {
		readonly rows: readonly Resource[];
		readonly shown: readonly Resource[];
		readonly context: RowContext;
		readonly available: number;
		readonly isWide: boolean;
		readonly epoch: string;
	}) => readonly FittedColumn[];
};

const sampleSize = 60;

export function createColumnMeter(): ColumnMeter {
	let epoch: string | undefined;
	let widths: ColumnWidths = {};
	let measured = new WeakSet<Resource>();
	let fitted: readonly FittedColumn[] = [];

	const measure = (resource: Resource, context: RowContext): boolean => {
		if (measured.has(resource)) {
			return false;
		}

		measured.add(resource);
		let next: Partial<Record<ColumnId, number>> | undefined;
		for (const column of columns) {
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
		fit({rows, shown, context, available, isWide, epoch: nextEpoch}) {
			let isChanged = false;
			if (epoch !== nextEpoch) {
				epoch = nextEpoch;
				widths = {};
				measured = new WeakSet();
				isChanged = true;
			}

			for (const resource of [...rows.slice(0, sampleSize), ...shown]) {
				isChanged = measure(resource, context) || isChanged;
			}

			if (isChanged) {
				fitted = fitColumns({available, widths, isWide});
			}

			return fitted;
		},
	};
}
