import {lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

/** A folder of its own for one purpose, with these files in it. Give it back with `removeFolder`. */
export function temporaryFolder(name: string, files: Readonly<Record<string, string>> = {}): string {
	const folder = mkdtempSync(join(tmpdir(), `cws-${name}-`));
	writeNewFiles(folder, files);
	return folder;
}

/** Writes files by their paths below the folder; one that is there already is an error. */
export function writeNewFiles(folder: string, files: Readonly<Record<string, string>>): void {
	for (const [name, text] of Object.entries(files)) {
		const file = join(folder, name);
		mkdirSync(dirname(file), {recursive: true});
		writeFileSync(file, text, {flag: 'wx'});
	}
}

/** With all that is in it; one that is not there is as good. */
export const removeFolder = (folder: string): void => rmSync(folder, {recursive: true, force: true});

/** Makes a folder findable as a package of `node_modules`, where none of that name is installed. */
export function linkPackage(folder: string, name: string, target: string): void {
	const link = join(folder, 'node_modules', name);
	if (lstatSync(link, {throwIfNoEntry: false}) === undefined) {
		mkdirSync(dirname(link), {recursive: true});
		symlinkSync(target, link, 'junction');
	}
}
