import {lstatSync, mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {locations} from './locations.ts';

/** Lets a plugin's tests and editor find `cws/sdk`: a link to this cws, where no package of that name is installed. */
export function linkSdk(folder: string): void {
	const link = join(folder, 'node_modules', 'cws');
	if (lstatSync(link, {throwIfNoEntry: false}) === undefined) {
		mkdirSync(join(folder, 'node_modules'), {recursive: true});
		symlinkSync(fileURLToPath(locations.package), link, 'junction');
	}
}
