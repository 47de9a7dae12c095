import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Json} from '../../core/schema/json.ts';

/** What became of a plugin's command. */
export type PluginCommandResult = {
	readonly plugin: string;
	readonly command: string;
	/** What a person reads, in lines. */
	readonly text?: string;
	readonly data?: Json;
	/** 0 to 255. */
	readonly exitCode: number;
};

/** Takes what a plugin answered for what it has to be; a plugin that answers nonsense has failed, whatever it did. */
export function readCommandOutput(plugin: string, command: string, value: unknown): Outcome<PluginCommandResult> {
	const no = (why: string) =>
		failed(
			failure('CWS_PLUGIN_PROTOCOL', {
				message: `The command \`${command}\` of the plugin \`${plugin}\` answered what no command may answer.`,
				cause: why,
			}),
		);
	if (value === null || value === undefined) {
		return ok({plugin, command, exitCode: 0});
	}

	if (typeof value === 'string') {
		return ok({plugin, command, text: value, exitCode: 0});
	}

	if (typeof value !== 'object' || Array.isArray(value)) {
		return no('it is neither a text nor an object');
	}

	const {text, data, exitCode = 0} = value as Readonly<Record<string, unknown>>;
	if (text !== undefined && typeof text !== 'string') {
		return no('`text` is no text');
	}

	return typeof exitCode === 'number' && Number.isInteger(exitCode) && exitCode >= 0 && exitCode <= 255
		? ok({plugin, command, exitCode, ...(text !== undefined && {text}), ...(data !== undefined && {data: data as Json})})
		: no('`exitCode` is no whole number from 0 to 255');
}

/** Rows of a table, where the data is one: a list of flat objects. Columns in the order they first appear. */
export function tableOf(data: Json | undefined):
	| {
			readonly columns: readonly string[];
			readonly rows: readonly Readonly<Record<string, Json>>[];
	  }
	| undefined {
	if (!Array.isArray(data) || data.length === 0 || !data.every(row => typeof row === 'object' && row !== null && !Array.isArray(row))) {
		return undefined;
	}

	const rows = data as readonly Readonly<Record<string, Json>>[];
	return {columns: [...new Set(rows.flatMap(row => Object.keys(row)))], rows};
}

/** A cell as text on one line. */
export const cellText = (value: Json | undefined): string =>
	value === undefined || value === null
		? ''
		: (typeof value === 'object' ? JSON.stringify(value) : String(value)).replaceAll(/\s*\n\s*/g, ' ');
