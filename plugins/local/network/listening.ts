import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {type ProcessTable} from '../process/process-table.ts';

/** A socket that waits for connections: its port and the kernel's number for it. */
export type ListeningSocket = {readonly port: number; readonly inode: string};

const listenState = '0A';

/** Sockets that listen on this machine; undefined where the system does not tell. Asking disturbs nobody, unlike a connect. */
export function readListening(): readonly ListeningSocket[] | undefined {
	const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map(path => readTable(path)).filter(table => table !== undefined);
	return tables.length === 0 ? undefined : tables.flatMap(table => parseSockets(table));
}

export const parseSockets = (table: string): readonly ListeningSocket[] =>
	table
		.split('\n')
		.slice(1)
		.map(line => line.trim().split(/\s+/))
		.filter(fields => fields[3] === listenState)
		.map(fields => ({port: Number.parseInt(fields[1]!.slice(fields[1]!.lastIndexOf(':') + 1), 16), inode: fields[9] ?? '0'}));

/** `python3 (pid 4711)`, or undefined when the process belongs to somebody else. */
export function holderOf(port: number, sockets: readonly ListeningSocket[], processes: ProcessTable): string | undefined {
	const wanted = new Set(sockets.filter(socket => socket.port === port).map(({inode}) => `socket:[${inode}]`));
	for (const name of readdirSync('/proc')) {
		if (/^\d+$/.test(name) && holdsOneOf(`/proc/${name}/fd`, wanted)) {
			return `\`${processes.commandOf(Number(name)) ?? '?'}\` (pid ${name})`;
		}
	}

	return undefined;
}

function holdsOneOf(directory: string, links: ReadonlySet<string>): boolean {
	try {
		return readdirSync(directory).some(fd => {
			try {
				return links.has(readlinkSync(`${directory}/${fd}`));
			} catch {
				return false;
			}
		});
	} catch {
		return false;
	}
}

function readTable(path: string): string | undefined {
	try {
		return readFileSync(path, 'latin1');
	} catch {
		return undefined;
	}
}
