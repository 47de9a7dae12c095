import {closeSync, existsSync, fsyncSync, lstatSync, openSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {failure, toFailure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {makeDirectory} from './make-directory.ts';

/** A plugin beside its place; a name with `_` in front is never looked at as a plugin. */
export type StagedPlugin = {
	readonly directory: string;
	/** Takes its place with one rename, or two where an older version has to make room. */
	readonly place: (id: string) => Outcome<{readonly directory: string; readonly undo: () => Outcome<void>; readonly keep: () => void}>;
	readonly discard: () => void;
};

export type PluginFolders = {
	/** Where the plugin of an id is, or would be. */
	readonly directoryOf: (id: string) => string;
	readonly stage: (files: Readonly<Record<string, string>>) => Outcome<StagedPlugin>;
	/** Takes a plugin away at once; false when there is none. */
	readonly remove: (id: string) => Outcome<boolean>;
};

const hourMs = 3_600_000;
const renameMs = 10_000;
let count = 0;

/** The folders of one directory, each a plugin. What a crash left half done is put right at the next change. */
export function createPluginFolders(root: string, now: () => number): PluginFolders {
	const directoryOf = (id: string) => join(root, id);
	const previousOf = (id: string) => join(root, `_previous-${id}`);

	// A rename changes this time and no other.
	const ageOf = (path: string) => now() - lstatSync(path).ctimeMs;

	function attempt<Value>(work: () => Value): Outcome<Value> {
		try {
			makeDirectory(root);
			tidy();
			return ok(work());
		} catch (error) {
			return failed(
				failure('CWS_READ_ONLY', {
					message: `The plugins in \`${root}\` cannot be changed.`,
					cause: toFailure(error).message,
					fix: 'Check who may write there, and the free space.',
				}),
			);
		}
	}

	/** An update that was cut off between its two renames goes back; what nobody will place any more goes away. */
	function tidy() {
		for (const name of readdirSync(root)) {
			const path = join(root, name);
			if (name.startsWith('_previous-')) {
				const id = name.slice('_previous-'.length);
				const isThere = existsSync(directoryOf(id));
				// Another cws may be between its two renames, or may still want to go back.
				if (isThere ? ageOf(path) > hourMs : ageOf(path) > renameMs) {
					if (isThere) {
						discard(path);
					} else {
						renameSync(path, directoryOf(id));
					}
				}
			} else if (/^_(staged|removed)-/.test(name) && ageOf(path) > hourMs) {
				discard(path);
			}
		}
	}

	return {
		directoryOf,
		stage: files =>
			attempt(() => {
				count++;
				const directory = join(root, `_staged-${process.pid}-${count}`);
				discard(directory);
				makeDirectory(directory);
				for (const [name, text] of Object.entries(files)) {
					writeNew(join(directory, name), text);
				}

				return {directory, place: id => attempt(() => place(directory, id)), discard: () => discard(directory)};
			}),
		remove: id =>
			attempt(() => {
				if (!existsSync(directoryOf(id))) {
					return false;
				}

				count++;
				// Gone for everybody at once; what is in it can take its time.
				const removed = join(root, `_removed-${process.pid}-${count}`);
				renameSync(directoryOf(id), removed);
				discard(removed);
				return true;
			}),
	};

	function place(staged: string, id: string) {
		const directory = directoryOf(id);
		const previous = previousOf(id);
		const isUpdate = lstatSync(directory, {throwIfNoEntry: false}) !== undefined;
		if (isUpdate) {
			discard(previous);
			renameSync(directory, previous);
		}

		try {
			renameSync(staged, directory);
		} catch (error) {
			if (isUpdate) {
				renameSync(previous, directory);
			}

			throw error;
		}

		return {
			directory,
			undo: () =>
				attemptUndo(() => {
					count++;
					const failedOne = join(root, `_removed-${process.pid}-${count}`);
					renameSync(directory, failedOne);
					if (isUpdate) {
						renameSync(previous, directory);
					}

					discard(failedOne);
				}),
			keep: () => discard(previous),
		};
	}

	function attemptUndo(work: () => void): Outcome<void> {
		try {
			return ok(work());
		} catch (error) {
			return failed(
				failure('CWS_READ_ONLY', {message: `The older version in \`${root}\` could not be put back.`, cause: toFailure(error).message}),
			);
		}
	}
}

const discard = (path: string): void => rmSync(path, {recursive: true, force: true});

/** On the disk before the folder gets its name, so that a plugin is whole or not there. */
function writeNew(file: string, text: string): void {
	const descriptor = openSync(file, 'wx', 0o600);
	try {
		writeFileSync(descriptor, text);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}
