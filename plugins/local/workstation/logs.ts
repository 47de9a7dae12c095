import {closeSync, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {type LogLine, type LogOptions} from 'cws/sdk';
import {type LocalContext} from '../context.ts';
import {directoryOf, fileOf} from '../storage/paths.ts';
import {tailOf, toLogLine} from './log-file.ts';

const batchLines = 256;
const readBytes = 262_144;
// Whoever falls further behind a flood sees its newest part.
const furthestBehind = 1_048_576;
const pauseMs = 150;

/** The tail, and with `follow` what comes after it, across cuts of the log, until the signal aborts or the workstation is gone. */
export async function* readLogs(
	context: LocalContext,
	id: string,
	{follow, tail}: LogOptions,
	signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
	const {lines, offset, inode, isLastPartial} = tailOf(context, id, tail);
	yield* batches(follow && isLastPartial ? lines.slice(0, -1) : lines);
	if (!follow) {
		return;
	}

	const path = fileOf(context, id, 'log');
	let position: Position = {offset, inode};
	while (!signal.aborted) {
		const news = readNews(path, position);
		position = news.position;
		yield* batches(news.lines);
		if (news.lines.length === 0 && !(await pause(signal))) {
			return;
		}

		if (!exists(directoryOf(context, id))) {
			yield [{stream: 'system', text: 'the workstation was destroyed'}];
			return;
		}
	}
}

type Position = {readonly offset: number; readonly inode: number};
type News = {readonly lines: readonly string[]; readonly position: Position};

function readNews(path: string, position: Position): News {
	let file: number;
	try {
		file = openSync(path, 'r');
	} catch {
		// Between the cut and the next line there is no log; the old one was read to its end or is.
		return readCut(path, position) ?? {lines: [], position};
	}

	try {
		const {ino} = fstatSync(file);
		if (ino !== position.inode) {
			const cut = readCut(path, position);
			if (cut !== undefined) {
				return cut;
			}

			return readFrom(file, {...position, offset: 0, inode: ino});
		}

		return readFrom(file, position);
	} finally {
		closeSync(file);
	}
}

// What was written to the old file after the last look, if it is still there.
function readCut(path: string, position: Position): News | undefined {
	let file: number;
	try {
		file = openSync(`${path}.1`, 'r');
	} catch {
		return undefined;
	}

	try {
		const {ino, size} = fstatSync(file);
		return ino === position.inode && size > position.offset ? readFrom(file, position) : undefined;
	} finally {
		closeSync(file);
	}
}

function readFrom(file: number, {offset, inode}: Position): News {
	const {size} = fstatSync(file);
	const behind = size - offset;
	const isSkipping = behind > furthestBehind;
	const start = isSkipping ? size - readBytes : Math.min(offset, size);
	const buffer = Buffer.alloc(Math.min(readBytes, size - start));
	const length = buffer.length === 0 ? 0 : readSync(file, buffer, 0, buffer.length, start);
	// Never end in the middle of a character or a line.
	const end = buffer.lastIndexOf(10, length - 1) + 1;
	const complete = end === 0 && length === readBytes ? length : end;
	const text = buffer.toString('utf8', 0, complete);
	const lines = complete === 0 ? [] : text.split('\n');
	if (lines.at(-1) === '') {
		lines.pop();
	}

	if (isSkipping) {
		lines[0] = `[cws] … ${Math.round((start - offset) / 1024)} KB skipped, it writes faster than they can be shown`;
	}

	return {lines, position: {offset: start + complete, inode}};
}

function* batches(lines: readonly string[]): Generator<readonly LogLine[]> {
	for (let start = 0; start < lines.length; start += batchLines) {
		yield lines.slice(start, start + batchLines).map(line => toLogLine(line));
	}
}

async function pause(signal: AbortSignal): Promise<boolean> {
	try {
		await sleep(pauseMs, undefined, {signal});
		return true;
	} catch {
		return false;
	}
}

function exists(path: string): boolean {
	return statSync(path, {throwIfNoEntry: false}) !== undefined;
}
