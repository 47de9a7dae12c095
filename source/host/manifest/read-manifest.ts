import {readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {failure, type Failure, FailureError, toFailure} from '../../core/failure/failure.ts';
import {type Contributions} from '../../core/manifest/contributions.ts';
import {type Manifest} from '../../core/manifest.ts';
import {safeLines, safeText, safeValue} from '../../core/text/safe-text.ts';
import {checkShape, toPluginId} from './check-shape.ts';
import {placeOf} from './locate.ts';
import {problemFailure} from './problem.ts';

const maxBytes = 1_048_576;

export type ReadManifest = {
	readonly manifest: Manifest;
	readonly error?: Failure;
	/** It is wrong because it belongs to another program. */
	readonly isForeign?: boolean;
};

/** The size of the manifest, if there is one; what cannot be read whole at once, as a pipe, is none. */
export const manifestBytes = (directory: string): number | undefined => fileBytes(`${directory}${path.sep}plugin.json`);

export function fileBytes(file: string): number | undefined {
	try {
		const stats = statSync(file, {throwIfNoEntry: false});
		return stats?.isFile() === true ? stats.size : undefined;
	} catch {
		return undefined;
	}
}

/** What stands for a plugin whose manifest cannot be used. */
export function standIn(name: string, main = ''): Manifest {
	const id = safeText(toPluginId(name)) || '?';
	return {id, version: '0.0.0', title: safeText(name), kind: 'provider', api: 0, main};
}

/** What can be said of a plugin that was made for another cws; whatever else its manifest has may mean something else there. */
const introduced = ({id, version, title, kind, api, main}: Manifest): Manifest =>
	withPlainIds(safeValue({id, version, title, kind, api, main}));

/** The manifest of one folder; a stand-in with the error when it cannot be used. */
export function readManifest(directory: string, bytes = manifestBytes(directory)): ReadManifest {
	const file = path.join(directory, 'plugin.json');
	const name = path.basename(directory);
	try {
		const text = readText(file, bytes ?? 0);
		const value = parse(text, file);
		const wrong = checkShape(value);
		return wrong === undefined
			? {manifest: isPlain(text) ? withPlainIds(value as Manifest) : cleaned(value as Manifest)}
			: {
					manifest: wrong.isForOther === true ? introduced(value as Manifest) : standIn(name),
					error: problemFailure(wrong, file, text),
					isForeign: !isOurs(value),
				};
	} catch (error) {
		return {
			manifest: standIn(name),
			// Nobody writes so by accident: reading it took all of the stack.
			error:
				error instanceof RangeError
					? unreadable(file, 'it is nested too deep', 'Make it flatter.')
					: toFailure(error, 'CWS_PLUGIN_MANIFEST'),
		};
	}
}

// Ours has all three; one may be forgotten, or be wrong.
const isOurs = (value: unknown): boolean => ['api', 'kind', 'main'].filter(field => Object.hasOwn(Object(value), field)).length > 1;

function readText(file: string, bytes: number): string {
	if (bytes > maxBytes) {
		throw new FailureError(unreadable(file, `it has ${bytes} bytes, and ${maxBytes} are the most`, 'Make it smaller.'));
	}

	try {
		return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
	} catch (error) {
		throw new FailureError(unreadable(file, toFailure(error).message, 'Check the rights of the file.'));
	}
}

function parse(text: string, file: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof RangeError) {
			throw error;
		}

		const {message} = error as Error;
		const place = /\(line (\d+) column (\d+)\)/.exec(message);
		const end = placeOf(text, text.length);
		const [line, column] = place
			? [Number(place[1]), Number(place[2])]
			: message.includes('end of JSON input')
				? [end.line, end.column]
				: [];
		const where = line === undefined ? file : `${file}:${line}:${column}`;
		throw new FailureError({
			...unreadable(where, message, 'Mend the JSON, then reload the plugin.'),
			details: {file, field: '', pointer: '', ...(line !== undefined && {line, column})},
		});
	}
}

const unreadable = (where: string, why: string, fix: string): Failure =>
	failure('CWS_PLUGIN_MANIFEST', {message: `\`${safeText(where)}\` cannot be read.`, cause: safeText(why), fix});

/** Text without escapes, in characters that are harmless, has nothing to take out: most manifests, which saves most of the time. */
const isPlain = (text: string): boolean =>
	// A backslash that stands for itself, as in a pattern, is no escape.
	!text.replaceAll('\\\\', '').includes('\\') &&
	/^[\t\n\r\u0020-\u007E\u00A1-\u00AC\u00AE-\u024F\u2026]*$/.test(text) &&
	text.split('"').every(part => part.length <= 4096);

/** Nothing hostile for a terminal. Only help and templates keep their lines. */
function cleaned(raw: Manifest): Manifest {
	const manifest = withPlainIds(safeValue(raw));
	const {contributes} = manifest;
	return contributes === undefined
		? manifest
		: {...manifest, contributes: {...contributes, ...linesOf(raw.contributes ?? {}, contributes)}};
}

/** Ids as cws writes them. */
function withPlainIds(manifest: Manifest): Manifest {
	const {id, dependencies} = manifest;
	return {
		...manifest,
		id: toPluginId(id),
		...(dependencies !== undefined && {
			dependencies: Object.fromEntries(Object.entries(dependencies).map(([name, range]) => [toPluginId(name), range])),
		}),
	};
}

const linesOf = ({commands, templates}: Contributions, clean: Contributions): Contributions => ({
	...(commands !== undefined && {
		commands: clean.commands!.map((command, at) => ({...command, ...ownLines('long', commands[at]!.long)})),
	}),
	...(templates !== undefined && {
		templates: clean.templates!.map((template, at) => ({...template, ...ownLines('text', templates[at]!.text)})),
	}),
});

const ownLines = (field: string, text: unknown): Readonly<Record<string, string>> =>
	typeof text === 'string' ? {[field]: safeLines(text)} : {};
