import {closeSync, fstatSync, openSync, readSync} from 'node:fs';
import {type LogLine} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {fileOf} from '../../storage/paths.ts';

const ownPrefix = '[cws] ';
const longest = 16_384;

export const toLogLine = (text: string): LogLine =>
	text.startsWith(ownPrefix) ? {stream: 'system', text: text.slice(ownPrefix.length)} : {stream: 'stdout', text: text.slice(0, longest)};

/** The last lines that the program itself wrote. */
export const lastLogLines = (context: LocalContext, id: string, count: number): readonly string[] =>
	tailOf(context, id, count + 4)
		.lines.filter(line => !line.startsWith(ownPrefix) && line.trim() !== '')
		.slice(-count)
		.map(line => line.trim().slice(0, 200));

export type Tail = {
	readonly lines: readonly string[];
	/** Where the last complete line of the current log ends, and which file it is. */
	readonly offset: number;
	/** The program is still writing the last line. */
	readonly isLastPartial: boolean;
	readonly inode: number;
};

/** The end of the log, from the file before the last cut too when the current one is too short. */
export function tailOf(context: LocalContext, id: string, count: number): Tail {
	const current = readEnd(fileOf(context, id, 'log'), count);
	const missing = count - current.lines.length;
	const older = missing > 0 ? readEnd(fileOf(context, id, 'log.1'), missing).lines : [];
	return {...current, lines: [...older, ...current.lines]};
}

const step = 65_536;

// From the end backwards, so that a tail of a full log stays cheap.
function readEnd(path: string, count: number): Tail {
	let file: number;
	try {
		file = openSync(path, 'r');
	} catch {
		return {lines: [], offset: 0, inode: 0, isLastPartial: false};
	}

	try {
		const {size, ino} = fstatSync(file);
		let start = size;
		let chunk = Buffer.alloc(0);
		let newlines = 0;
		while (start > 0 && newlines <= count) {
			const length = Math.min(step, start);
			const part = Buffer.alloc(length);
			start -= length;
			readSync(file, part, 0, length, start);
			newlines += part.reduce((sum, byte) => (byte === 10 ? sum + 1 : sum), 0);
			chunk = Buffer.concat([part, chunk]);
		}

		const lines = chunk.toString('utf8').split('\n');
		if (start > 0) {
			lines.shift();
		}

		if (lines.at(-1) === '') {
			lines.pop();
		}

		return {
			lines: count === 0 ? [] : lines.slice(-count),
			offset: size - (chunk.length - 1 - chunk.lastIndexOf(10)),
			inode: ino,
			isLastPartial: chunk.length > 0 && chunk.at(-1) !== 10,
		};
	} finally {
		closeSync(file);
	}
}
