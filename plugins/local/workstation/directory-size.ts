import {join} from 'node:path';

export type DirectorySize = {readonly bytes: number; readonly files: number; readonly isComplete: boolean};

const mostEntries = 20_000;

/** What a directory holds, without following links; stops counting in very large ones. */
export async function directorySize(root: string, signal: AbortSignal): Promise<DirectorySize> {
	const {lstat, readdir} = await import('node:fs/promises');
	let bytes = 0;
	let files = 0;
	const pending = [root];
	while (pending.length > 0 && files < mostEntries) {
		signal.throwIfAborted();
		const directory = pending.pop()!;
		// Entries come and go while a workstation runs.
		const entries = await readdir(directory, {withFileTypes: true}).catch(() => []);
		for (const entry of entries) {
			const path = join(directory, entry.name);
			if (entry.isDirectory()) {
				pending.push(path);
			} else {
				files++;
				bytes += await lstat(path).then(
					({size}) => size,
					() => 0,
				);
			}
		}
	}

	return {bytes, files, isComplete: pending.length === 0};
}
