import {columns, type Column, type ColumnId} from './columns.ts';

export type FittedColumn = {readonly column: Column; readonly width: number; readonly gap: number};

/** Widest text seen in each column, in cells. */
export type ColumnWidths = Readonly<Partial<Record<ColumnId, number>>>;

export type FitOptions = {
	readonly available: number;
	readonly widths: ColumnWidths;
	readonly isWide: boolean;
};

const essential: ReadonlySet<ColumnId> = new Set(['name', 'provider', 'where', 'type', 'status', 'size', 'age', 'hourly', 'monthly']);

/** Chooses columns and widths: the least important leave first, then what is left over is spread so that the money stands at the right. */
export function fitColumns({available, widths, isWide}: FitOptions): readonly FittedColumn[] {
	let chosen = columns.filter(
		column => essential.has(column.id) || ((widths[column.id] ?? 0) > 0 && (isWide || !column.isWide || available >= 120)),
	);
	while (chosen.length > 2 && leastWidth(chosen, widths) > available) {
		const weakest = chosen.reduce((least, column) => (column.priority < least.priority ? column : least));
		chosen = chosen.filter(column => column !== weakest);
	}

	const sizes = chosen.map(column => least(column, widths));
	const gaps = chosen.map((_, index) => (index === 0 ? 0 : 1));
	let left = available - sum(sizes) - sum(gaps);
	left = grow(
		sizes,
		chosen.map(column => natural(column, widths)),
		left,
	);
	left = grow(
		gaps,
		gaps.map(gap => (gap === 0 ? 0 : 3)),
		left,
	);
	// Whatever remains goes to the texts, which keeps the numbers together at the right.
	left = grow(
		sizes,
		chosen.map((column, index) => (column.isRight || column.id === 'status' || column.id === 'type' ? sizes[index]! : column.max)),
		left,
	);
	if (left !== 0) {
		sizes[0] = Math.max(4, sizes[0]! + left);
	}

	return chosen.map((column, index) => ({column, width: sizes[index]!, gap: gaps[index]!}));
}

const natural = (column: Column, widths: ColumnWidths): number =>
	Math.min(column.max, Math.max(column.title.length + (column.isRight ? 1 : 0), widths[column.id] ?? 0, column.id === 'status' ? 10 : 0));

const least = (column: Column, widths: ColumnWidths): number =>
	Math.min(natural(column, widths), Math.max(column.min, column.title.length));

const leastWidth = (chosen: readonly Column[], widths: ColumnWidths): number =>
	chosen.reduce((width, column) => width + least(column, widths) + 1, -1);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

// Gives one cell after the other to whatever is below its goal, the first first, and returns what nobody wanted.
function grow(sizes: number[], goals: readonly number[], left: number): number {
	let rest = left;
	for (let isGrowing = true; rest > 0 && isGrowing;) {
		isGrowing = false;
		for (let index = 0; index < sizes.length && rest > 0; index++) {
			if (sizes[index]! < goals[index]!) {
				sizes[index]!++;
				rest--;
				isGrowing = true;
			}
		}
	}

	return rest;
}
