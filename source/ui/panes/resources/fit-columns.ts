import {type Column, type ColumnId, columns as hostColumns} from './columns.ts';

export type FittedColumn = {readonly column: Column; readonly width: number; readonly gap: number};

/** Widest text seen in each column, in cells. */
export type ColumnWidths = Readonly<Partial<Record<ColumnId, number>>>;

export type FitOptions = {
	readonly available: number;
	readonly widths: ColumnWidths;
	readonly isWide: boolean;
	/** All there are; the host's own when absent. */
	readonly columns?: readonly Column[];
};

/** Chooses columns and widths: the least important leave first, what is left over is spread so that the money stands at the right. */
export function fitColumns({available, widths: seen, isWide, columns = hostColumns}: FitOptions): readonly FittedColumn[] {
	const widths = Object.keys(seen).length === 0 ? usual : seen;
	const chosen = chooseColumns({available, widths, isWide, columns});
	const sizes = chosen.map(column => least(column, widths));
	const gaps = chosen.map((_, index) => (index === 0 ? 0 : 1));
	let left = available - sum(sizes) - sum(gaps);
	// Few states are longer than the usual ones, and their glyph and colour say the rest: they wait until the others are whole.
	const goals = chosen.map(column => natural(column, widths));
	left = complete(
		sizes,
		goals.map((goal, index) => (chosen[index]!.id === 'status' ? sizes[index]! : goal)),
		left,
	);
	left = complete(sizes, goals, left);
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

// Before there is a row, the heads stand where they will stand.
const usual: ColumnWidths = Object.fromEntries(hostColumns.filter(({isExtra}) => !isExtra).map(({id, min}) => [id, min]));

function chooseColumns({available, widths, isWide, columns}: Required<FitOptions>): readonly Column[] {
	let chosen = columns.filter(column => (widths[column.id] ?? 0) > 0 && (isWide || !column.isExtra));
	while (chosen.length > 2) {
		const weakest = chosen.reduce((weak, column) => (column.priority < weak.priority ? column : weak));
		// Nobody who is more important is cut so that the weakest can be there, unless the person asked for more columns.
		const widthOf = (column: Column) =>
			isWide || column === weakest || column.id === 'name' || column.id === 'status'
				? least(column, widths)
				: Math.min(natural(column, widths), Math.max(column.min, enough));
		if (totalWidth(chosen, widthOf, 1) <= available) {
			break;
		}

		chosen = chosen.filter(column => column !== weakest);
	}

	// An extra comes uninvited only where nobody has to be cut for it.
	const extras = columns.filter(column => column.isExtra && (widths[column.id] ?? 0) > 0 && !chosen.includes(column));
	for (const extra of extras.toSorted((a, b) => b.priority - a.priority)) {
		if (totalWidth([...chosen, extra], column => natural(column, widths), 2) <= available) {
			chosen = columns.filter(column => column === extra || chosen.includes(column));
		}
	}

	return chosen;
}

// Cells after which a longer text may be cut for the sake of another column.
const enough = 20;

const totalWidth = (chosen: readonly Column[], widthOf: (column: Column) => number, gap: number): number =>
	chosen.reduce((width, column) => width + widthOf(column) + gap, -gap);

const natural = (column: Column, widths: ColumnWidths): number =>
	Math.min(column.max, Math.max(column.title.length + (column.isRight ? 1 : 0), widths[column.id] ?? 0, column.id === 'status' ? 10 : 0));

// A figure is shown whole or not at all.
function least(column: Column, widths: ColumnWidths): number {
	const whole = natural(column, widths);
	return column.isRight ? whole : Math.min(whole, Math.max(column.min, column.title.length));
}

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

// Rather many columns whole and one cut than all of them cut a little: who lacks least is served first.
function complete(sizes: number[], goals: readonly number[], left: number): number {
	let rest = left;
	const lacks = sizes.map((size, index) => ({index, cells: goals[index]! - size})).filter(({cells}) => cells > 0);
	for (const {index, cells} of lacks.toSorted((a, b) => a.cells - b.cells)) {
		const given = Math.min(cells, Math.max(0, rest));
		sizes[index]! += given;
		rest -= given;
	}

	return rest;
}
