import {existsSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';

const projectFile = '.cws.toml';

/** The project files that hold in a directory, the one nearest to it last. Outside of a repository only its own counts. */
export function findProjectFiles(cwd: string): readonly string[] {
	const directories: string[] = [];
	for (let directory = resolve(cwd); ; directory = dirname(directory)) {
		directories.push(directory);
		if (existsSync(join(directory, '.git'))) {
			break;
		}

		if (dirname(directory) === directory) {
			directories.length = 1;
			break;
		}
	}

	return directories
		.map(directory => join(directory, projectFile))
		.filter(file => existsSync(file))
		.toReversed();
}

/** The project files to hear of: those that are there, and the one that may come in the directory itself. */
export const watchedProjectFiles = (cwd: string): readonly string[] => [
	...new Set([...findProjectFiles(cwd), join(resolve(cwd), projectFile)]),
];
