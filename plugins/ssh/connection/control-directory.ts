import {createHash} from 'node:crypto';
import {lstatSync, mkdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {providerError} from 'cws/sdk';

// A socket's path has room for 107 bytes, and ssh adds 17 of its own while it makes one.
const longest = 107 - 17 - 1 - 16;

/** A short directory that nobody else can enter, for the sockets of shared connections; one for each data directory. */
export function controlDirectory(data: string, environment: Readonly<Record<string, string | undefined>>): string {
	const name = `cws-ssh-${process.getuid?.() ?? 0}-${hash(data).slice(0, 8)}`;
	const places = [environment.XDG_RUNTIME_DIR, tmpdir(), '/tmp'].filter(place => place !== undefined && place !== '');
	const directory = places.map(place => path.join(place!, name)).find(place => place.length <= longest) ?? path.join('/tmp', name);
	mkdirSync(directory, {recursive: true, mode: 0o700});
	const {uid, mode} = lstatSync(directory);
	if (!lstatSync(directory).isDirectory() || uid !== (process.getuid?.() ?? uid) || (mode & 0o077) !== 0) {
		throw providerError('CWS_PROVIDER_FAILED', {
			message: `\`${directory}\` is not ours alone.`,
			cause: 'connections shared there could be used by others',
			fix: `remove \`${directory}\``,
		});
	}

	return directory;
}

/** Where the socket of one machine is. */
export const socketOf = (directory: string, name: string): string => path.join(directory, hash(name).slice(0, 16));

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
