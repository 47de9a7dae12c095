import {chmodSync, readFileSync, renameSync, statSync} from 'node:fs';
import {basename} from 'node:path';
import {failure, FailureError, toFailure, type Failure} from '../../core/failure/failure.ts';
import {writeAtomically} from '../write-atomically.ts';
import {withFileLock} from './file-lock.ts';
import {emptyDocument, formatDocument, parseDocument, type SecretsDocument} from './secrets-document.ts';

/** `secrets.json` on the disk. Everything throws `FailureError`. */
export type SecretsFile = {
	readonly path: string;
	/** Always anew, as another cws may have written it. */
	readonly read: () => Promise<SecretsDocument>;
	/** Nobody else writes between the reading and the writing. */
	readonly change: (change: (document: SecretsDocument) => Promise<SecretsDocument>) => Promise<void>;
};

type Options = {
	readonly path: string;
	readonly now: () => number;
	/** What the document is after a damaged one was set aside. */
	readonly recover: () => Promise<SecretsDocument>;
	readonly onProblem: (problem: Failure) => void;
};

export function createSecretsFile({path, now, recover, onProblem}: Options): SecretsFile {
	const read = async (): Promise<SecretsDocument> => {
		const text = readText(path);
		const document = text === undefined ? emptyDocument : parseDocument(text);
		if (document === 'newer') {
			throw new FailureError(
				failure('CWS_SECRETS', {
					message: `\`${path}\` was written by a newer cws.`,
					fix: 'update cws, or set `CWS_HOME` to another directory',
				}),
			);
		}

		if (document !== 'damaged') {
			tighten(path, onProblem);
			return document;
		}

		const aside = `${path}.damaged-${new Date(now()).toISOString().replaceAll(/[:.]/g, '-')}`;
		guard(path, () => {
			renameSync(path, aside);
		});
		onProblem(
			failure('CWS_SECRETS', {
				message: `\`${path}\` was damaged; it was set aside as \`${basename(aside)}\` and its secrets are not there any more.`,
				fix: 'set them again with `cws secrets set PLUGIN NAME`, or put a copy of the file back',
				details: {file: path, aside},
			}),
		);
		const recovered = await recover();
		if (recovered.secrets.length > 0) {
			write(recovered);
		}

		return recovered;
	};

	return {
		path,
		read,
		async change(change) {
			await withFileLock(path, async () => {
				write(await change(await read()));
			});
		},
	};

	function write(document: SecretsDocument): void {
		guard(path, () => {
			writeAtomically(path, formatDocument(document), 0o600);
		});
	}
}

/** Takes the rights of others on a file away: a copy from a backup or an archive may have come with them. */
export function tighten(file: string, onProblem: (problem: Failure) => void): void {
	const mode = statSync(file, {throwIfNoEntry: false})?.mode;
	if (mode === undefined || (mode & 0o077) === 0 || process.platform === 'win32') {
		return;
	}

	guard(file, () => {
		chmodSync(file, 0o600);
	});
	onProblem(
		failure('CWS_SECRETS', {
			message: `Other users could read \`${file}\`; now only you can.`,
			fix: 'change the secrets in it at their providers if somebody else uses this machine',
		}),
	);
}

/** Undefined when there is none. */
export function readText(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return undefined;
		}

		throw new FailureError(failure('CWS_SECRETS', {message: `\`${file}\` cannot be read.`, cause: toFailure(error).message}));
	}
}

/** Turns what the system says into a failure. */
export function guard<Result>(file: string, run: () => Result): Result {
	try {
		return run();
	} catch (error) {
		const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
		throw new FailureError(
			failure(isFull ? 'CWS_DISK_FULL' : 'CWS_SECRETS', {
				message: `\`${file}\` cannot be written; nothing was changed.`,
				cause: toFailure(error).message,
			}),
		);
	}
}
