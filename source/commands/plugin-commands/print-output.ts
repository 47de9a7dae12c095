import {failure} from '../../core/failure/failure.ts';
import {type ExitCode} from '../../core/failure/error-codes.ts';
import {type PluginCommandResult, cellText, tableOf} from '../../engine/contributions/read-command-output.ts';
import {csvLine} from '../shared/csv.ts';
import {type Printer} from '../shared/printer.ts';

export type OutputForm = 'table' | 'json' | 'csv';

/** Prints what a command of a plugin answered, and gives its exit code. Without a wish its text comes before its data. */
export function printOutput(print: Printer, {command, text, data, exitCode}: PluginCommandResult, form?: OutputForm): ExitCode {
	// A plugin's own code, whatever it means there.
	const code = exitCode as ExitCode;
	if (print.isJson || form === 'json') {
		print.json(data ?? {text: text ?? ''});
		return code;
	}

	const table = tableOf(data);
	if (form === undefined ? text === undefined && table !== undefined : table !== undefined) {
		const {columns, rows} = table!;
		if (form === 'csv') {
			print.line(csvLine(columns));
			rows.forEach(row => print.line(csvLine(columns.map(column => cellText(row[column])))));
		} else {
			print.table(
				rows,
				columns.map(column => ({title: column.toUpperCase(), value: row => cellText(row[column]), canShrink: true})),
			);
		}

		return code;
	}

	if (form !== undefined) {
		// A list of nothing is a table without rows.
		return Array.isArray(data) && data.length === 0
			? code
			: print.failure(
					failure('CWS_USAGE', {
						message: `\`cws ${command}\` gave no rows, so there is nothing to print as ${form}.`,
						fix: `leave out \`--output\`, or use \`--json\``,
					}),
				);
	}

	if (text !== undefined) {
		text.split('\n').forEach(line => print.line(line));
	} else if (data !== undefined && !(Array.isArray(data) && data.length === 0)) {
		print.json(data);
	}

	return code;
}
