// Bundled into Ink by faster-ink.ts.

type Cell = {readonly text: string; readonly style: string};

// ESC begins a colour here; every other character is alone in its cell.
const simple =
	// oxlint-disable-next-line no-control-regex
	/^(?:[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u21FF\u2500-\u25FC\u2713-\u2718\u2800-\u28FF]|\u001B\[[\d;]*m)*$/;
const blank: Cell = {text: ' ', style: ''};
// Going to a cell takes about as many bytes as writing these over.
const gap = 6;

/**
What turns one line of the screen into another, cell by cell: Ink writes all that follows the first difference, to a line that is
mostly what it was. Undefined for lines with characters that do not take exactly one cell each.
*/
export function changedCells(previous: string, next: string, columns: number): string | undefined {
	if (!simple.test(previous) || !simple.test(next)) {
		return undefined;
	}

	const before = readCells(previous);
	const after = readCells(next);
	const end = Math.max(before.length, after.length);
	if (end > columns) {
		return undefined;
	}

	let result = '';
	let column = 0;
	while (column < end) {
		if (isSame(before[column], after[column])) {
			column++;
			continue;
		}

		const until = endOfRun(before, after, column, end);
		result += `\u001B[${column + 1}G${paint(after, column, until)}`;
		column = until;
	}

	return result;
}

function endOfRun(before: readonly Cell[], after: readonly Cell[], from: number, end: number): number {
	let until = from + 1;
	for (let column = until; column < end && column - until < gap; column++) {
		if (!isSame(before[column], after[column])) {
			until = column + 1;
		}
	}

	return until;
}

function paint(cells: readonly Cell[], from: number, until: number): string {
	let result = '';
	let open = '';
	for (let column = from; column < until; column++) {
		const {text, style} = cells[column] ?? blank;
		if (style !== open) {
			result += (open === '' ? '' : '\u001B[m') + style;
			open = style;
		}

		result += text;
	}

	return open === '' ? result : `${result}\u001B[m`;
}

const isSame = (a: Cell = blank, b: Cell = blank): boolean => a.text === b.text && a.style === b.style;

// Which code ends which: a style is the codes that are open, in the order they were opened.
const ends: Readonly<Record<string, RegExp>> = {
	'22': /^[12]$/,
	'23': /^3$/,
	'24': /^4$/,
	'25': /^5$/,
	'27': /^7$/,
	'28': /^8$/,
	'29': /^9$/,
	'39': /^(?:3[0-8]|9\d)/,
	'49': /^(?:4[0-8]|10\d)/,
	'55': /^53$/,
};

function readCells(line: string): readonly Cell[] {
	const cells: Cell[] = [];
	let open: readonly string[] = [];
	let style = '';
	for (let index = 0; index < line.length; index++) {
		if (line[index] !== '\u001B') {
			cells.push({text: line[index]!, style});
			continue;
		}

		const end = line.indexOf('m', index);
		open = applyCode(open, line.slice(index + 2, end));
		style = open.map(code => `\u001B[${code}m`).join('');
		index = end;
	}

	return cells;
}

function applyCode(open: readonly string[], code: string): readonly string[] {
	if (code === '' || code === '0') {
		return [];
	}

	const ended = ends[code];
	if (ended !== undefined) {
		return open.filter(one => !ended.test(one));
	}

	// A colour takes the place of the one before it, and opening twice is opening once.
	const own = Object.values(ends).find(end => end.test(code));
	const isColor = own === ends['39'] || own === ends['49'];
	return [...open.filter(one => (isColor ? !own!.test(one) : one !== code)), code];
}
