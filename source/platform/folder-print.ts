import {statSync} from 'node:fs';
import {join} from 'node:path';

/** Changes when one of the files is written or replaced; a file that is not there counts as nothing. Reads no content. */
export const folderPrint = (directory: string, files: readonly string[]): string =>
	files
		.map(file => {
			const stats = statSync(join(directory, file), {throwIfNoEntry: false});
			return stats === undefined ? '' : `${stats.ino}:${stats.size}:${stats.mtimeMs}`;
		})
		.join(' ');
