import {padEnd, padStart, textWidth, truncate} from '../../core/text/text.ts';

export type Column<Row> = {
	readonly title: string;
	readonly value: (row: Row) => string;
	readonly isRight?: boolean;
	/** May be cut when the table is wider than the terminal; the last such column is cut first. */
	readonly canShrink?: boolean;
};

const gap = '  ';

/** Lines of an aligned table. In a pipe (`width` undefined) nothing is ever cut. */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], width: number | undefined): string[] {
	const cells = [columns.map(column => column.title), ...rows.map(row => columns.map(column => column.value(row)))];
	const widths = columns.map((_, index) => Math.max(...cells.map(line => textWidth(line[index]!))));
	if (width !== undefined) {
		shrink(widths, columns, width);
	}

	return cells.map(line =>
		truncate(
			line.map((cell, index) => (columns[index]!.isRight ? padStart(cell, widths[index]!) : padEnd(cell, widths[index]!))).join(gap),
			width ?? Number.POSITIVE_INFINITY,
		).trimEnd(),
	);
}

function shrink<Row>(widths: number[], columns: readonly Column<Row>[], width: number): void {
	let excess = widths.reduce((sum, cells) => sum + cells, 0) + gap.length * (columns.length - 1) - width;
	for (let index = columns.length - 1; index >= 0 && excess > 0; index--) {
		if (columns[index]!.canShrink) {
			const taken = Math.min(excess, Math.max(0, widths[index]! - Math.max(8, textWidth(columns[index]!.title))));
			widths[index]! -= taken;
			excess -= taken;
		}
	}
}
