import {randomUUID} from 'node:crypto';
import {constants} from 'node:fs';
import {type FileHandle, lstat, open, opendir, readdir, rename, unlink} from 'node:fs/promises';
import {join} from 'node:path';
import {failure, FailureError, toFailure} from '../../core/failure/failure.ts';
import {type FilesPort} from '../../core/ports/plugin-ports.ts';
import {safeText} from '../../core/text/safe-text.ts';
import {checkFolder, denied, type Folder, folderFlags, pathIn, type Place, refuseLink, verified, withPlace} from './walk.ts';

const maxEntries = 10_000;
/** Not files but doors: who was granted a workspace that is `/` would read the environment of every process. */
const ofTheSystem = ['/proc', '/sys', '/dev', '/run'];
const blockBytes = 256 * 1024;

/**
Files for plugins below what they were granted.
@param forbidden Folders that stay closed whatever was granted: those of cws, of plugins, of key rings.
*/
export function createPluginFiles({forbidden: own}: {readonly forbidden: readonly string[]}): FilesPort {
	const forbidden = [...own, ...ofTheSystem];
	return {
		read: (root, segments, maxBytes) =>
			told(() =>
				withPlace(root, segments, {forbidden}, async place => {
					// Not blocking, because a pipe would wait for its writer.
					const handle = await openHere(place, constants.O_RDONLY | constants.O_NONBLOCK);
					try {
						return await readAll(handle, pathOf(place), maxBytes);
					} finally {
						await handle.close();
					}
				}),
			),
		write: (root, segments, content) =>
			told(() => withPlace(root, segments, {forbidden, makesFolders: true}, place => replaceFile(place, content))),
		size: root => told(() => sizeOf(root.path)),
		list: (root, segments) =>
			told(() =>
				withPlace(root, segments, {forbidden}, async place => {
					const folder = await verified({handle: await openHere(place, folderFlags), path: pathOf(place)});
					try {
						await checkFolder(folder, place.closed);
						return await listFolder(folder);
					} finally {
						await folder.handle.close();
					}
				}),
			),
	};
}

const pathOf = ({folder, name}: Place): string => join(folder.path, name);

async function openHere({folder, name}: Place, flags: number): Promise<FileHandle> {
	try {
		return await open(pathIn(folder, name), flags | constants.O_NOFOLLOW);
	} catch (error) {
		await refuseLink(folder, name);
		throw error;
	}
}

async function readAll(handle: FileHandle, path: string, maxBytes: number): Promise<Uint8Array> {
	const status = await handle.stat();
	if (!status.isFile()) {
		throw denied(path, 'it is no ordinary file');
	}

	const chunks: Uint8Array[] = [];
	let length = 0;
	for (;;) {
		const {bytesRead, buffer} = await handle.read(Buffer.allocUnsafe(blockBytes), 0, blockBytes, null);
		length += bytesRead;
		if (length > maxBytes) {
			throw new FailureError(
				failure('CWS_PLUGIN_QUOTA', {
					message: `\`${safeText(path)}\` is too large.`,
					cause: `it is more than ${maxBytes} bytes`,
					details: {maxBytes},
				}),
			);
		}

		if (bytesRead === 0) {
			return Buffer.concat(chunks);
		}

		chunks.push(buffer.subarray(0, bytesRead));
	}
}

/** Into a new file beside it, which then takes its place: never half a file, and never through a link. */
async function replaceFile(place: Place, content: Uint8Array): Promise<void> {
	const {folder, name} = place;
	await verified(folder);
	const target = pathIn(folder, name);
	const old = await lstat(target).catch(() => undefined);
	if (old !== undefined && !old.isFile()) {
		throw denied(pathOf(place), old.isSymbolicLink() ? 'it is a link, and links are not followed' : 'it is no ordinary file');
	}

	const temporary = pathIn(folder, `.cws-${randomUUID()}`);
	const mode = old === undefined ? 0o600 : old.mode & 0o777;
	const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, mode);
	try {
		try {
			await handle.writeFile(content);
			await handle.sync();
		} finally {
			await handle.close();
		}

		await rename(temporary, target);
	} catch (error) {
		await unlink(temporary).catch(() => {});
		throw error;
	}
}

async function listFolder(folder: Folder): Promise<readonly {readonly name: string; readonly isDirectory: boolean}[]> {
	const entries = await readdir(pathIn(folder, '.'), {withFileTypes: true});
	return entries
		.filter(entry => entry.isFile() || entry.isDirectory())
		.slice(0, maxEntries)
		.map(entry => ({name: entry.name, isDirectory: entry.isDirectory()}))
		.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

async function sizeOf(directory: string): Promise<number> {
	let bytes = 0;
	for await (const entry of await opendir(directory, {recursive: true})) {
		if (entry.isFile()) {
			// It may be gone meanwhile.
			bytes += (await lstat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0;
		}
	}

	return bytes;
}

/** What the system says becomes a failure the plugin can read: its code is in the details. */
async function told<Value>(work: () => Promise<Value>): Promise<Value> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof FailureError) {
			throw error;
		}

		const {code = 'EIO'} = error as NodeJS.ErrnoException;
		throw new FailureError(
			failure('CWS_FILE', {
				message: 'A file cannot be read or written.',
				// Without the descriptor the message names.
				cause: safeText(toFailure(error).message.replace(/ '\/proc\/self\/fd\/\d+/, " '…")),
				details: {code},
			}),
		);
	}
}
