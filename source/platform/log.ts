import {appendFileSync, renameSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {type EventLevel} from '../core/event.ts';
import {type Redactor} from '../core/text/redact.ts';
import {safeText} from '../core/text/safe-text.ts';

export type LogEntry = {
	readonly at: number;
	readonly level: EventLevel;
	readonly message: string;
	readonly fields?: Readonly<Record<string, unknown>>;
};

/** What cws notes about itself: the newest entries in memory, all of them in a file, none on the terminal. */
export type Log = {
	readonly file: string;
	readonly write: (level: EventLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;
	/** Oldest first. */
	readonly recent: () => readonly LogEntry[];
	/** Writes what waits; for the way out. */
	readonly flush: () => void;
};

type LogOptions = {
	/** The state directory. */
	readonly directory: string;
	readonly now: () => number;
	readonly pid: number;
	/** At this size the file becomes `cws.log.1`, and the one before goes. */
	readonly maxBytes?: number;
	readonly kept?: number;
	/** Takes secrets out, in memory and in the file. */
	readonly redact?: Redactor;
};

export function createLog({directory, now, pid, maxBytes = 2 * 1024 * 1024, kept = 500, redact = text => text}: LogOptions): Log {
	const file = join(directory, 'cws.log');
	const entries: LogEntry[] = [];
	let waiting: string[] = [];

	return {
		file,
		write(level, text, fields) {
			const entry = {at: now(), level, message: safeText(redact(text)), ...(fields && {fields})};
			entries.push(entry);
			if (entries.length > kept) {
				entries.shift();
			}

			if (waiting.length === 0) {
				setImmediate(flush);
			}

			// With a disk that stays full the file misses lines; memory must not grow for it.
			if (waiting.length < kept) {
				waiting.push(redact(toLine(entry, pid)));
			}
		},
		recent: () => [...entries],
		flush,
	};

	// At once and whole: the lines before a crash are the ones that matter.
	function flush(): void {
		if (waiting.length === 0) {
			return;
		}

		const text = waiting.join('');
		waiting = [];
		try {
			if (sizeOf(file) > 0 && sizeOf(file) + text.length > maxBytes) {
				renameSync(file, `${file}.1`);
			}

			appendFileSync(file, text, {mode: 0o600});
		} catch {
			// A log that cannot be written has nobody to tell; the entries stay in memory.
		}
	}
}

function toLine({at, level, message, fields}: LogEntry, pid: number): string {
	const head = {at: new Date(at).toISOString(), pid, level, message};
	try {
		return `${JSON.stringify({...head, ...fields, ...head}, (_key, value: unknown) => (value instanceof Error ? describe(value) : value))}\n`;
	} catch {
		return `${JSON.stringify(head)}\n`;
	}
}

const describe = ({message, stack, cause}: Error) => ({message, stack, cause});

function sizeOf(file: string): number {
	return statSync(file, {throwIfNoEntry: false})?.size ?? 0;
}
