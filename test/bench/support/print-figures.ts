import {type Figure} from '../bench.ts';

const columns = ['what', 'measured', 'limit', '', 'beside'] as const;

export type Verdict = 'pass' | 'over' | 'told';

export const verdictOf = ({value, limit}: Figure): Verdict => (limit === undefined ? 'told' : value <= limit ? 'pass' : 'over');

/** So far above the limit that it is not noise any more, or not measured at all. */
export const isGross = ({value, limit, gross}: Figure): boolean => limit !== undefined && !(value <= (gross ?? limit * 3));

/** A table for people. */
export function printFigures(figures: readonly Figure[]): string {
	const rows = figures.map(figure => [
		figure.name,
		amount(figure.value, figure.unit),
		figure.limit === undefined ? '' : `≤ ${amount(figure.limit, figure.unit)}`,
		verdictOf(figure),
		figure.beside,
	]);
	const widths = columns.map((title, index) => Math.max(title.length, ...rows.map(row => row[index]!.length)));
	return [columns, ...rows]
		.map(row =>
			row
				.map((cell, index) => (index === 1 || index === 2 ? cell.padStart(widths[index]!) : cell.padEnd(widths[index]!)))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}

function amount(value: number, unit: string): string {
	if (Number.isNaN(value)) {
		return '-';
	}

	const text = Number.isInteger(value) ? String(value) : value.toFixed(value < 1 ? 2 : 1);
	return unit === '×' || unit === '%' ? `${text}${unit === '%' ? ' %' : '×'}` : `${text} ${unit}`;
}
