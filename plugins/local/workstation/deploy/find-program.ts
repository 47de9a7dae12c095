import {accessSync, constants, statSync} from 'node:fs';
import {delimiter, join, resolve} from 'node:path';

/** The file a program's name stands for, as a shell would find it; undefined when there is none. */
export function findProgram(name: string, path = '', cwd = '/'): string | undefined {
	const candidates = name.includes('/')
		? [resolve(cwd, name)]
		: path
				.split(delimiter)
				.filter(Boolean)
				.map(directory => join(directory, name));
	return candidates.find(file => isExecutable(file));
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}
