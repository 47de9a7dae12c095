import {readFileSync, realpathSync, statSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {failure, toFailure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {safeText} from '../core/text/safe-text.ts';
import {writeAtomically} from './write-atomically.ts';

/** Folders whose own `plugins` and settings the person said yes to. Read at once, because the first frame depends on it. */
export type TrustedFolders = {
	/** Also true for a link to a trusted folder; false for what lies below one. */
	readonly isTrusted: (folder: string) => boolean;
	/** Real paths, in alphabetical order. */
	readonly list: () => readonly string[];
	/** Gives the real path that is trusted from now on. */
	readonly trust: (folder: string) => Outcome<string>;
	readonly distrust: (folder: string) => Outcome<string>;
};

/** Keeps the list in the data directory. */
export function createTrustedFolders(directory: string): TrustedFolders {
	const file = join(directory, 'trusted-folders.json');
	const change = (folder: string, edit: (folders: Set<string>, real: string) => void): Outcome<string> => {
		const real = realPathOf(folder);
		if (real === undefined) {
			return failed(
				failure('CWS_FILE', {
					message: `\`${safeText(resolve(folder))}\` is no folder.`,
					fix: 'Name a folder that is there, for example `.`.',
				}),
			);
		}

		const folders = new Set(read(file));
		edit(folders, real);
		try {
			writeAtomically(file, `${JSON.stringify({folders: [...folders].toSorted()}, undefined, '\t')}\n`, 0o600);
			return ok(real);
		} catch (error) {
			return failed(failure('CWS_READ_ONLY', {message: `\`${file}\` cannot be written.`, cause: toFailure(error).message}));
		}
	};

	return {
		isTrusted(folder) {
			const real = realPathOf(folder);
			return real !== undefined && read(file).includes(real);
		},
		list: () => read(file),
		trust: folder => change(folder, (folders, real) => folders.add(real)),
		distrust: folder => change(folder, (folders, real) => folders.delete(real)),
	};
}

/** What cannot be read counts as no: the person is asked again. */
function read(file: string): readonly string[] {
	try {
		const {folders} = JSON.parse(readFileSync(file, 'utf8')) as {readonly folders?: unknown};
		return Array.isArray(folders) ? folders.filter((folder): folder is string => typeof folder === 'string') : [];
	} catch {
		return [];
	}
}

function realPathOf(folder: string): string | undefined {
	try {
		return statSync(folder).isDirectory() ? realpathSync(folder) : undefined;
	} catch {
		return undefined;
	}
}
