import {accessSync, constants} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import {isAbsolute, join, resolve} from 'node:path';
import {failure, toFailure, type Failure} from '../core/failure/failure.ts';
import {type Directories} from '../core/settings.ts';
import {makeDirectory} from './make-directory.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `CWS_HOME` puts all four under one directory; otherwise they are where the XDG base directory specification says. */
export function resolveDirectories({
	environment,
	home = homeOf(),
}: {
	readonly environment: Environment;
	readonly home?: string;
}): Directories {
	const own = environment['CWS_HOME'];
	if (own) {
		const base = resolve(own);
		return {config: join(base, 'config'), data: join(base, 'data'), state: join(base, 'state'), cache: join(base, 'cache')};
	}

	// The specification: a relative path is to be ignored.
	const xdg = (variable: string, fallback: string): string => {
		const value = environment[variable];
		return join(value && isAbsolute(value) ? value : join(home, fallback), 'cws');
	};

	return {
		config: xdg('XDG_CONFIG_HOME', '.config'),
		data: xdg('XDG_DATA_HOME', '.local/share'),
		state: xdg('XDG_STATE_HOME', '.local/state'),
		cache: xdg('XDG_CACHE_HOME', '.cache'),
	};
}

/** Makes the directories, for this user alone. Gives one failure for each that cannot be written; cws goes on without it. */
export function ensureDirectories(directories: Directories): readonly Failure[] {
	return Object.entries(directories).flatMap(([name, path]) => {
		try {
			makeDirectory(path);
			accessSync(path, constants.W_OK);
			return [];
		} catch (error) {
			const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
			return [
				failure(isFull ? 'CWS_DISK_FULL' : 'CWS_READ_ONLY', {
					message: `The ${name} directory \`${path}\` cannot be written.`,
					cause: toFailure(error).message,
					details: {directory: path},
				}),
			];
		}
	});
}

// A user without an entry in the user database has no home.
function homeOf(): string {
	try {
		return homedir();
	} catch {
		return join(tmpdir(), `cws-${process.getuid?.() ?? 0}`);
	}
}
