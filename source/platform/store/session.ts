import {accessSync, closeSync, constants, existsSync, openSync, renameSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {failure, type Failure} from '../../core/failure/failure.ts';
import {makeDirectory} from '../make-directory.ts';
import {openConnection, type Connection} from './connection.ts';
import {type WorkerStart} from './protocol.ts';
import {isCorruption, toStoreFailure} from './sqlite-failure.ts';

/** What one call works on. */
export type CallContext = Pick<Connection, 'prepare'> & {
	readonly pid: number;
	readonly startTime: string;
	readonly now: number;
	/** Sends one part of the answer ahead of it. */
	readonly emit: (part: string) => void;
	/** Runs as one transaction that other processes notice, unless the result says that there is nothing to notice. */
	readonly write: <Result>(change: () => Result, isNoticeable?: (result: Result) => boolean) => Result;
	/** Grows with every transaction of another process that is to be noticed. */
	readonly foreignWrites: () => number;
};

export type Session = {
	readonly notices: () => readonly Failure[];
	/** Runs a call; a corrupt file is set aside on the way and the call repeated on the new one. Throws what the call throws. */
	readonly run: <Result>(
		call: (context: CallContext) => Result,
		options: {readonly now: number; readonly emit: CallContext['emit']},
	) => Result;
	readonly failureOf: (error: unknown) => Failure;
	readonly close: () => void;
};

/** Opens the database for good: what cannot be opened is replaced, on disk or in memory, and the notices say so. */
export function openSession({file, pid, startTime, now}: WorkerStart): Session {
	const notices: Failure[] = [];
	let isMemory = file === ':memory:';
	let ownWrites = 0;
	let inode = 0;
	let connection = open(now);

	return {
		notices: () => notices,
		run(call, {now, emit}) {
			try {
				return call(contextOf(now, emit));
			} catch (error) {
				if (isMemory || !isCorruption(error)) {
					throw error;
				}

				connection.close();
				connection = rebuild(error, now);
				return call(contextOf(now, emit));
			}
		},
		failureOf: error => toStoreFailure(error, file),
		close() {
			connection.close();
		},
	};

	function contextOf(now: number, emit: CallContext['emit']): CallContext {
		return {
			prepare: connection.prepare,
			pid,
			startTime,
			now,
			emit,
			write(change, isNoticeable = () => true) {
				let isNoticed = false;
				const result = connection.transaction(() => {
					const value = change();
					isNoticed = isNoticeable(value);
					if (isNoticed) {
						connection.prepare(`UPDATE counter SET value = value + 1 WHERE name = 'writes'`).run();
					}

					return value;
				});
				ownWrites += isNoticed ? 1 : 0;
				return result;
			},
			foreignWrites: () => Number(connection.prepare(`SELECT value FROM counter WHERE name = 'writes'`).get()?.['value'] ?? 0) - ownWrites,
		};
	}

	function open(now: number): Connection {
		if (isMemory) {
			return openConnection(':memory:', now);
		}

		try {
			assertWritable(file);
			const opened = openConnection(file, now);
			inode = statSync(file).ino;
			return opened;
		} catch (error) {
			return isCorruption(error) ? rebuild(error, now) : openInMemory(error, now);
		}
	}

	function openInMemory(error: unknown, now: number): Connection {
		isMemory = true;
		notices.push(inMemoryNotice(toStoreFailure(error, file)));
		return openConnection(':memory:', now);
	}

	function rebuild(error: unknown, now: number): Connection {
		try {
			// Another cws may have set the corrupt file aside already; the one at its place is good then.
			const isReplaced = inode !== 0 && existsSync(file) && statSync(file).ino !== inode;
			if (!isReplaced) {
				const aside = setAside(file, now);
				notices.push(
					failure('CWS_STORE', {
						message: `The database \`${file}\` was corrupt; a new one was made.`,
						cause: `the corrupt one is kept as \`${aside}\` (${toStoreFailure(error, file).cause})`,
						fix: 'nothing to do: the inventory fills again by itself; delete the old file when you do not need its history',
					}),
				);
			}

			const opened = openConnection(file, now);
			inode = statSync(file).ino;
			ownWrites = 0;
			return opened;
		} catch (second) {
			return openInMemory(second, now);
		}
	}
}

// SQLite falls back to reading a file it may not write, and says so only at the first write.
function assertWritable(file: string): void {
	makeDirectory(dirname(file));
	accessSync(dirname(file), constants.W_OK);
	// SQLite would make it readable for everybody; its log files take over the rights of this one.
	closeSync(openSync(file, 'a+', 0o600));
}

function setAside(file: string, now: number): string {
	const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
	let aside = `${file}.corrupt-${stamp}`;
	for (let count = 2; existsSync(aside); count++) {
		aside = `${file}.corrupt-${stamp}-${count}`;
	}

	renameSync(file, aside);
	// Its write-ahead log belongs to it: left behind it would be played into the new file.
	for (const suffix of ['-wal', '-shm']) {
		if (existsSync(file + suffix)) {
			renameSync(file + suffix, aside + suffix);
		}
	}

	return aside;
}

// The session stays in memory, so "try again" means the next start.
const inMemoryNotice = (error: Failure): Failure => ({
	...error,
	retryable: undefined,
	message: `${error.message} cws goes on in memory: nothing of this session is kept.`,
	fix: nextStartFixes[error.code] ?? error.fix,
});

const nextStartFixes: Readonly<Partial<Record<Failure['code'], string>>> = {
	CWS_STORE: 'mend what the cause says, then start cws again',
	CWS_DISK_FULL: 'free some space, then start cws again',
};
