import {createHash} from 'node:crypto';
import {glob, stat} from 'node:fs/promises';

/** Changes when any file that goes into dist/ changes: path, size and time of change. */
export async function sourceStamp(): Promise<string> {
	const files: string[] = ['package.json', 'package-lock.json'];
	for await (const file of glob(['source/**/*.{ts,tsx}', 'plugins/**/*', 'themes/*.json', 'scripts/*.ts'], {
		exclude: path => /node_modules|\/test(\/|$)/.test(path),
	})) {
		files.push(file);
	}

	const hash = createHash('sha256');
	for (const file of files.toSorted()) {
		const info = await stat(file);
		if (info.isFile()) {
			hash.update(`${file}\0${info.size}\0${info.mtimeMs}\n`);
		}
	}

	return hash.digest('hex');
}
