/** One line of a table as RFC 4180 has it. */
export const csvLine = (cells: readonly string[]): string =>
	cells.map(cell => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
