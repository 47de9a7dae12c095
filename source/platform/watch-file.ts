import {watch} from 'node:fs';
import {basename, dirname} from 'node:path';
import {type Clock} from '../core/ports/clock.ts';

// An editor writes a file in several steps.
const quietMs = 200;

/** Calls back after somebody wrote the file, also when it is replaced by another one. Gives the end of it; never throws. */
export function watchFile(file: string, clock: Pick<Clock, 'after'>, onChange: () => void): () => void {
	const name = basename(file);
	let cancel = () => {};
	try {
		// The folder, because a file that is replaced takes its watch with it.
		const watcher = watch(dirname(file), {persistent: false}, (_event, changed) => {
			if (changed === null || changed === name) {
				cancel();
				cancel = clock.after(quietMs, onChange);
			}
		});
		const stop = () => {
			cancel();
			watcher.close();
		};

		watcher.on('error', stop);
		return stop;
	} catch {
		// No folder, or no watches left: changes count from the next start.
		return () => {};
	}
}
