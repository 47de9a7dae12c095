import xterm, {type IBufferCell, type Terminal as XtermTerminal} from '@xterm/headless';

export type {XtermTerminal};

/** One cell as the person sees it. A colour is `#rrggbb`, `ansi1` … `ansi255`, or undefined for the terminal's own. */
export type Cell = {
	readonly text: string;
	readonly color?: string;
	readonly background?: string;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isInverse: boolean;
	readonly isItalic: boolean;
	readonly isUnderline: boolean;
};

export const createXterm = (size: {readonly columns: number; readonly rows: number}, convertEol: boolean): XtermTerminal =>
	new xterm.Terminal({cols: size.columns, rows: size.rows, allowProposedApi: true, convertEol, scrollback: 200});

/** The visible rows, without the blanks at their ends. */
export function rowsOf(terminal: XtermTerminal): readonly string[] {
	const {active} = terminal.buffer;
	return Array.from(
		{length: terminal.rows},
		(_, y) =>
			active
				.getLine(active.viewportY + y)
				?.translateToString(true)
				.trimEnd() ?? '',
	);
}

/** The visible text, without the empty rows at its end. */
export const textOf = (terminal: XtermTerminal): string => rowsOf(terminal).join('\n').trimEnd();

export function cellOf(terminal: XtermTerminal, row: number, column: number): Cell {
	const {active} = terminal.buffer;
	const cell = active.getLine(active.viewportY + row)?.getCell(column);
	if (cell === undefined) {
		throw new Error(`no cell ${row}:${column} on a screen of ${terminal.rows} rows and ${terminal.cols} columns`);
	}

	return describe(cell);
}

/** The cell where `text` first starts; throws with the whole screen when it is nowhere. */
export function cellOfText(terminal: XtermTerminal, text: string): Cell {
	const {active} = terminal.buffer;
	for (let row = 0; row < terminal.rows; row++) {
		const column = columnOf(terminal, active.viewportY + row, text);
		if (column !== undefined) {
			return cellOf(terminal, row, column);
		}
	}

	throw new Error(`\`${text}\` is not on the screen:\n${framed(terminal)}`);
}

/** The screen in a frame, for messages. */
export function framed(terminal: XtermTerminal): string {
	const edge = '─'.repeat(terminal.cols);
	return [`┌${edge}┐`, ...rowsOf(terminal).map(row => `│${row}`), `└${edge}┘`].join('\n');
}

// A wide character takes two cells and one index of the string, so the column is counted in cells.
function columnOf(terminal: XtermTerminal, line: number, text: string): number | undefined {
	const bufferLine = terminal.buffer.active.getLine(line);
	const index = bufferLine?.translateToString().indexOf(text) ?? -1;
	if (bufferLine === undefined || index === -1) {
		return undefined;
	}

	let seen = 0;
	for (let column = 0; column < bufferLine.length; column++) {
		const cell = bufferLine.getCell(column)!;
		if (cell.getWidth() > 0) {
			if (seen === index) {
				return column;
			}

			seen += Math.max(1, cell.getChars().length);
		}
	}

	return undefined;
}

function describe(cell: IBufferCell): Cell {
	const color = colorOf(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor());
	const background = colorOf(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor());
	return {
		text: cell.getChars() || ' ',
		...(color !== undefined && {color}),
		...(background !== undefined && {background}),
		isBold: cell.isBold() !== 0,
		isDim: cell.isDim() !== 0,
		isInverse: cell.isInverse() !== 0,
		isItalic: cell.isItalic() !== 0,
		isUnderline: cell.isUnderline() !== 0,
	};
}

function colorOf(isDefault: boolean, isRgb: boolean, value: number): string | undefined {
	if (isDefault) {
		return undefined;
	}

	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : `ansi${value}`;
}
