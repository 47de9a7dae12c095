import {constants, existsSync} from 'node:fs';
import {type FileHandle, lstat, mkdir, open, realpath, stat} from 'node:fs/promises';
import {basename, dirname, join, sep} from 'node:path';
import {failure, FailureError} from '../../core/failure/failure.ts';
import {type FileRoot} from '../../core/ports/plugin-ports.ts';
import {safeText} from '../../core/text/safe-text.ts';

/** An open folder, and a name in it that is the file or folder meant. */
export type Place = {
	readonly folder: Folder;
	readonly name: string;
	/** What may not be entered. */
	readonly closed: readonly ClosedPlace[];
};

export type Folder = {
	readonly handle: FileHandle;
	/** Real, for messages and for systems without `/proc`. */
	readonly path: string;
};

// Names below an open folder are looked up in that folder itself, so that nobody can put a link into the way after the check.
const hasDescriptorPaths = existsSync('/proc/self/fd');

export const pathIn = ({handle, path}: Folder, name: string): string =>
	hasDescriptorPaths ? `/proc/self/fd/${handle.fd}/${name}` : join(path, name);

export const folderFlags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
Goes from the folder above the root to the folder of the file, one open folder at a time and through no link, and calls back with it.
Refuses what is forbidden, however it is called.
*/
export async function withPlace<Result>(
	{path, own}: FileRoot,
	segments: readonly string[],
	{forbidden, makesFolders = false}: {readonly forbidden: readonly string[]; readonly makesFolders?: boolean},
	work: (place: Place) => Promise<Result>,
): Promise<Result> {
	const above = await realpath(dirname(path));
	const start = join(above, basename(path));
	const ownPath = await realpath(own).catch(() => own);
	const isOwn = isWithin(start, ownPath);
	const closed = isOwn ? [] : await realPaths(forbidden);
	if (closed.some(place => isWithin(start, place.path))) {
		throw denied(start, 'it belongs to cws');
	}

	const names = [basename(path), ...segments];
	const last = names.pop()!;
	let folder: Folder = {handle: await open(above, constants.O_RDONLY | constants.O_DIRECTORY), path: above};
	try {
		for (const name of names) {
			const next = await openFolder(folder, name, makesFolders);
			await folder.handle.close();
			folder = next;
			await checkFolder(folder, closed);
		}

		return await work({folder, name: last, closed});
	} finally {
		await folder.handle.close();
	}
}

type ClosedPlace = {readonly path: string; readonly dev: number; readonly ino: number};

async function realPaths(places: readonly string[]): Promise<readonly ClosedPlace[]> {
	const found = await Promise.all(
		places.map(async place => {
			try {
				const path = await realpath(place);
				const {dev, ino} = await stat(path);
				return [{path, dev, ino}];
			} catch {
				return [];
			}
		}),
	);
	return found.flat();
}

/** By identity, so that another name, another case or a second mount of a folder does not help. */
export async function checkFolder({handle, path}: Folder, closed: readonly ClosedPlace[]): Promise<void> {
	const {dev, ino} = await handle.stat();
	if (closed.some(place => (place.dev === dev && place.ino === ino) || isWithin(path, place.path))) {
		throw denied(path, 'it belongs to cws');
	}
}

async function openFolder(folder: Folder, name: string, makes: boolean): Promise<Folder> {
	const path = join(folder.path, name);
	try {
		return await verified({handle: await open(pathIn(folder, name), folderFlags), path});
	} catch (error) {
		await refuseLink(folder, name);
		if (!makes || (error as NodeJS.ErrnoException).code !== 'ENOENT') {
			throw error;
		}

		await mkdir(pathIn(folder, name), {mode: 0o700});
		return verified({handle: await open(pathIn(folder, name), folderFlags), path});
	}
}

/** Where names are looked up from the top each time, somebody may have changed what is on the way: then it is not the same place any more. */
export async function verified(folder: Folder): Promise<Folder> {
	if (!hasDescriptorPaths) {
		const [{dev, ino}, now, real] = await Promise.all([folder.handle.stat(), stat(folder.path), realpath(folder.path)]);
		if (real !== folder.path || now.dev !== dev || now.ino !== ino) {
			await folder.handle.close();
			throw denied(folder.path, 'it was moved meanwhile');
		}
	}

	return folder;
}

/** Says that a name is a link, which the system tells in several ways. */
export async function refuseLink(folder: Folder, name: string): Promise<void> {
	const status = await lstat(pathIn(folder, name)).catch(() => undefined);
	if (status?.isSymbolicLink() === true) {
		throw denied(join(folder.path, name), 'it is a link, and links are not followed');
	}
}

const isWithin = (path: string, place: string): boolean => path === place || path.startsWith(place.endsWith(sep) ? place : place + sep);

export const denied = (path: string, cause: string): FailureError =>
	new FailureError(
		failure('CWS_PLUGIN_DENIED', {message: `\`${safeText(path)}\` is closed to plugins.`, cause, details: {path: safeText(path)}}),
	);
