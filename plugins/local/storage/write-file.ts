import {closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import {type LocalContext} from '../context.ts';
import {bellOf} from './paths.ts';

/** Whoever reads sees the old content or the new one, also after a power cut. */
export function writeFileAtomic(path: string, text: string): void {
	const temporary = `${path}.${process.pid}.new`;
	try {
		const file = openSync(temporary, 'w', 0o600);
		try {
			writeSync(file, text);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}

		renameSync(temporary, path);
	} catch (error) {
		rmSync(temporary, {force: true});
		throw error;
	}
}

/** Tells every watching cws to look again. It may fail: they also look by themselves now and then. */
export function ring(context: Pick<LocalContext, 'root'>, what: string): void {
	try {
		writeFileSync(bellOf(context), `${what}\n`);
	} catch {
		// A full or read-only disk; the caller's own write has said so already.
	}
}
