import {closeSync, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname} from 'node:path';
import {makeDirectory} from './make-directory.ts';

/**
Writes beside the file and renames, so that a full disk or a crash leaves the old one whole. Throws what the system says.
`mode` is forced where given; otherwise that of the old file stays, and a new one is for this user alone.
*/
export function writeAtomically(link: string, content: string | Uint8Array, mode?: number): void {
	makeDirectory(dirname(link));
	// People keep their config in a repository and link to it; the link stays.
	const file = statSync(link, {throwIfNoEntry: false}) === undefined ? link : realpathSync(link);
	const bits = mode ?? statSync(file, {throwIfNoEntry: false})?.mode ?? 0o600;
	const temporary = `${file}.${process.pid}.tmp`;
	// One left by a crash may have other rights.
	rmSync(temporary, {force: true});
	try {
		const descriptor = openSync(temporary, 'wx', bits & 0o777);
		try {
			writeFileSync(descriptor, content);
			fsyncSync(descriptor);
		} finally {
			closeSync(descriptor);
		}

		renameSync(temporary, file);
	} catch (error) {
		rmSync(temporary, {force: true});
		throw error;
	}
}
