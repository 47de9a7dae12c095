import {exitCodeOf, type ExitCode} from '../../core/failure/error-codes.ts';
import {fixOf, formatFailure, type Failure} from '../../core/failure/failure.ts';
import {formatTable, type Column} from './table.ts';

export type Printer = {
	readonly isJson: boolean;
	readonly isQuiet: boolean;
	/** Cells of the terminal, or undefined when the output goes into a pipe or file. */
	readonly columns: number | undefined;
	readonly line: (text?: string) => void;
	/** Where there is much of it and no `Map` or `Set` in it, `isPlain` saves most of the time. */
	readonly json: (value: unknown, options?: {readonly isPlain?: boolean}) => void;
	readonly table: <Row>(rows: readonly Row[], columns: readonly Column<Row>[]) => void;
	/** Progress and remarks, on stderr. */
	readonly note: (text: string) => void;
	/** What is wrong beside the point of the verb: a setting that means nothing, a database that was made anew. On stderr. */
	readonly warnings: (problems: readonly Failure[]) => void;
	/** Prints the three lines and gives the exit code. */
	readonly failure: (error: Failure) => ExitCode;
};

export type PrinterOptions = {
	readonly stdout: {write: (text: string) => unknown; readonly isTTY?: boolean; readonly columns?: number};
	readonly stderr: {write: (text: string) => unknown};
	readonly isJson: boolean;
	readonly isQuiet: boolean;
};

export function createPrinter({stdout, stderr, isJson, isQuiet}: PrinterOptions): Printer {
	const columns = stdout.isTTY ? stdout.columns : undefined;
	const line = (text = '') => {
		stdout.write(`${text}\n`);
	};

	const json: Printer['json'] = (value, {isPlain = false} = {}) => {
		line(JSON.stringify(value, isPlain ? undefined : jsonValue, '\t'));
	};

	return {
		isJson,
		isQuiet,
		columns,
		line,
		json,
		table(rows, tableColumns) {
			for (const row of formatTable(rows, tableColumns, columns)) {
				line(row);
			}
		},
		note(text) {
			if (!isQuiet) {
				stderr.write(`${text}\n`);
			}
		},
		warnings(problems) {
			if (isQuiet) {
				return;
			}

			// What one cure mends has it once.
			for (const [fix, same] of Map.groupBy(problems, problem => fixOf(problem))) {
				stderr.write(`${same.map(({code, message}) => `warning ${code}: ${message}\n`).join('')}try: ${fix}\n`);
			}
		},
		failure(error) {
			if (isJson) {
				json({error: {...error, fix: fixOf(error)}});
			} else {
				stderr.write(`${formatFailure(error)}\n`);
			}

			return exitCodeOf(error.code);
		},
	};
}

// Sets and maps are part of the state but not of JSON.
const jsonValue = (_key: string, value: unknown): unknown =>
	value instanceof Map ? Object.fromEntries(value) : value instanceof Set ? [...value] : value;
