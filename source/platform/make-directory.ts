import {mkdirSync, statSync} from 'node:fs';
import {dirname} from 'node:path';

/**
Makes a directory and its parents, for this user alone; throws what the system says.
Not `recursive: true`, which never comes back where a system denies with ENOENT, as /proc does.
*/
export function makeDirectory(path: string): void {
	if (isDirectory(path)) {
		return;
	}

	const parent = dirname(path);
	if (parent !== path) {
		makeDirectory(parent);
	}

	try {
		mkdirSync(path, {mode: 0o700});
	} catch (error) {
		// Another program may have been faster.
		if (!isDirectory(path)) {
			throw error;
		}
	}
}

const isDirectory = (path: string): boolean => {
	try {
		return statSync(path).isDirectory();
	} catch {
		return false;
	}
};
