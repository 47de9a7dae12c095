import {existsSync, readdirSync, readFileSync, realpathSync, statSync} from 'node:fs';
import {join} from 'node:path';

export const isThere = (path: string): boolean => existsSync(path);

/** The first of the files that is there. */
export const firstThere = (folder: string, names: readonly string[]): string | undefined =>
	names.map(name => join(folder, name)).find(file => existsSync(file));

/** Whether both are there and lead to the same place. */
export function isSamePlace(one: string, other: string): boolean {
	try {
		return realpathSync(one) === realpathSync(other);
	} catch {
		return false;
	}
}

/** Whether something new may be written there: nothing is in it, or it is not there. */
export const isFreeFolder = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0;

/** What lies there: nothing where it is neither a file nor a folder. */
export function kindOf(path: string): {readonly kind: 'file' | 'folder' | 'other'; readonly bytes: number} | undefined {
	const stats = statSync(path, {throwIfNoEntry: false});
	return stats && {kind: stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other', bytes: stats.size};
}

export const readBytes = (file: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(file));

export const readText = (file: string | URL): string => readFileSync(file, 'utf8');

/** The `name` of the `package.json` in a folder. */
export function packageNameOf(folder: string): string | undefined {
	try {
		const {name} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {readonly name?: unknown};
		return typeof name === 'string' ? name : undefined;
	} catch {
		return undefined;
	}
}
