import {closeSync, openSync, readFileSync, rmSync, writeSync} from 'node:fs';
import {dirname} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {failure, FailureError} from '../../core/failure/failure.ts';
import {makeDirectory} from '../make-directory.ts';
import {isAlive} from '../process.ts';

const attempts = 200;
const pauseMs = 50;

/** Runs with the file to itself among all cws processes: two people setting a secret at once must both keep theirs. */
export async function withFileLock<Result>(file: string, run: () => Promise<Result>): Promise<Result> {
	const lock = `${file}.lock`;
	makeDirectory(dirname(file));
	for (let attempt = 0; !take(lock); attempt++) {
		if (attempt === attempts) {
			throw new FailureError(
				failure('CWS_SECRETS', {
					message: `Another cws has held \`${file}\` for ${(attempts * pauseMs) / 1000} seconds.`,
					fix: `try again; if no other cws runs, remove \`${lock}\``,
				}),
			);
		}

		await sleep(pauseMs);
	}

	try {
		return await run();
	} finally {
		rmSync(lock, {force: true});
	}
}

function take(lock: string): boolean {
	try {
		const descriptor = openSync(lock, 'wx', 0o600);
		try {
			writeSync(descriptor, String(process.pid));
		} finally {
			closeSync(descriptor);
		}

		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
			throw error;
		}
	}

	// Left by a process that was killed.
	const owner = readOwner(lock);
	if (owner !== undefined && !isAlive(owner)) {
		rmSync(lock, {force: true});
	}

	return false;
}

function readOwner(lock: string): number | undefined {
	try {
		const pid = Number(readFileSync(lock, 'utf8'));
		return Number.isInteger(pid) && pid > 0 ? pid : undefined;
	} catch {
		return undefined;
	}
}
