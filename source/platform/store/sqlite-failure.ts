import {failure, toFailure, FailureError, type Failure} from '../../core/failure/failure.ts';

/** Primary result codes of SQLite, see sqlite.org/rescode.html. */
export const sqlite = {
	busy: 5,
	locked: 6,
	readOnly: 8,
	ioError: 10,
	corrupt: 11,
	full: 13,
	cannotOpen: 14,
	notDatabase: 26,
} as const;

/** The primary result code of an error that SQLite gave; undefined for any other error. */
export function sqliteCode(error: unknown): number | undefined {
	const code = (error as {readonly errcode?: unknown} | undefined)?.errcode;
	// The low byte is the primary code, the rest says more.
	return typeof code === 'number' ? code & 0xff : undefined;
}

export const isCorruption = (error: unknown): boolean => {
	const code = sqliteCode(error);
	return code === sqlite.corrupt || code === sqlite.notDatabase;
};

/** What a person is told about an error of the database or its file. */
export function toStoreFailure(error: unknown, file: string): Failure {
	if (error instanceof FailureError) {
		return error.failure;
	}

	const cause = toFailure(error).message;
	const system = (error as NodeJS.ErrnoException | undefined)?.code;
	const code = sqliteCode(error);
	if (code === sqlite.full || system === 'ENOSPC' || system === 'EDQUOT') {
		return failure('CWS_DISK_FULL', {message: `The disk of \`${file}\` is full.`, cause, retryable: true});
	}

	if (code === sqlite.readOnly || code === sqlite.cannotOpen || (system !== undefined && unwritable.has(system))) {
		return failure('CWS_READ_ONLY', {message: `The database \`${file}\` cannot be written.`, cause});
	}

	if (code === sqlite.busy || code === sqlite.locked) {
		return failure('CWS_STORE', {
			message: `The database \`${file}\` is locked by another program.`,
			cause,
			fix: 'close the program that holds it; cws tries again by itself',
			retryable: true,
		});
	}

	return failure('CWS_STORE', {message: `The database \`${file}\` cannot be read or written.`, cause});
}

const unwritable: ReadonlySet<string> = new Set([
	'EACCES',
	'EPERM',
	'EROFS',
	'ENOTDIR',
	'ENOENT',
	'EEXIST',
	'EISDIR',
	'ELOOP',
	'ENAMETOOLONG',
]);
