import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** Names that are on the disk while this process might be ended by what they do. */
export type Suspects = {
	readonly add: (name: string) => void;
	readonly remove: (name: string) => void;
	/** Names in the books of processes that are gone, each once; the books are gone afterwards. */
	readonly takeDead: () => readonly string[];
};

const prefix = 'suspects-';

/** Written at once, as there may be no later. A disk that cannot be written costs the names and nothing else. */
export function createSuspects({
	directory,
	pid,
	startTime,
	isAlive,
}: {
	readonly directory: string;
	readonly pid: number;
	readonly startTime: string;
	readonly isAlive: (pid: number, startTime?: string) => boolean;
}): Suspects {
	const names = new Set<string>();
	const own = path.join(directory, `${prefix}${pid}.json`);

	function write() {
		try {
			if (names.size === 0) {
				rmSync(own, {force: true});
			} else {
				writeFileSync(own, JSON.stringify({startTime, names: [...names]}), {mode: 0o600});
			}
		} catch {
			// Nobody is blamed then.
		}
	}

	return {
		add(name) {
			names.add(name);
			write();
		},
		remove(name) {
			names.delete(name);
			write();
		},
		takeDead: () => [...new Set(booksIn(directory).flatMap(file => takeBook(path.join(directory, file), isAlive)))],
	};
}

function booksIn(directory: string): readonly string[] {
	try {
		return readdirSync(directory).filter(file => file.startsWith(prefix) && file.endsWith('.json'));
	} catch {
		return [];
	}
}

function takeBook(file: string, isAlive: (pid: number, startTime?: string) => boolean): readonly string[] {
	const pid = Number(path.basename(file).slice(prefix.length, -'.json'.length));
	try {
		const {startTime, names} = JSON.parse(readFileSync(file, 'utf8')) as {readonly startTime?: unknown; readonly names?: unknown};
		if (isAlive(pid, typeof startTime === 'string' ? startTime : undefined)) {
			return [];
		}

		rmSync(file, {force: true});
		return Array.isArray(names) ? names.filter(name => typeof name === 'string') : [];
	} catch {
		rmSync(file, {force: true});
		return [];
	}
}
