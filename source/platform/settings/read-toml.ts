import {readFileSync} from 'node:fs';
import {parse, TomlError} from 'smol-toml';
import {failure, toFailure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {tomlItems} from './toml-items.ts';

export type TomlFile = {
	readonly file: string;
	readonly text: string;
	readonly table: Readonly<Record<string, unknown>>;
	/** The line of a path, or of the nearest key that holds it. */
	readonly lineOf: (path: readonly string[]) => number;
};

/** Reads a TOML file; an absent one is undefined. A syntax error names file, line and column. */
export function readToml(file: string): Outcome<TomlFile | undefined> {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		return code === 'ENOENT' || code === 'ENOTDIR'
			? ok(undefined)
			: failed(failure('CWS_CONFIG', {message: `\`${file}\` cannot be read.`, cause: toFailure(error).message}));
	}

	return parseToml(file, text);
}

export function parseToml(file: string, text: string): Outcome<TomlFile> {
	try {
		const table = parse(text);
		return ok({file, text, table, lineOf: createLineOf(text)});
	} catch (error) {
		if (!(error instanceof TomlError)) {
			return failed(failure('CWS_CONFIG', {message: `\`${file}\` cannot be read.`, cause: toFailure(error).message}));
		}

		const [headline] = error.message.split('\n');
		return failed(
			failure('CWS_CONFIG', {
				message: `\`${file}:${error.line}:${error.column}\` is not TOML; the whole file is left out.`,
				cause: safeText(headline!.replace('Invalid TOML document: ', '')),
				fix: `mend line ${error.line}, then run \`cws config validate\``,
				details: {file, line: error.line, column: error.column},
			}),
		);
	}
}

// Made only when a line is asked for.
function createLineOf(text: string): TomlFile['lineOf'] {
	let lines: Map<string, number> | undefined;
	return path => {
		lines ??= new Map(tomlItems(text).map(item => [JSON.stringify(item.path), item.line]));
		for (let length = path.length; length > 0; length--) {
			const line = lines.get(JSON.stringify(path.slice(0, length)));
			if (line !== undefined) {
				return line;
			}
		}

		return 1;
	};
}
