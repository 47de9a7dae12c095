import {closeSync, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {type LogLine, type LogOptions} from 'cws/sdk';
import {type LocalContext} from '../../context.ts';
import {directoryOf, fileOf} from '../../storage/paths.ts';
import {readStored} from '../../storage/records.ts';
import {tailOf, toLogLine} from './log-file.ts';
import {mendLogger} from '../run/start-processes.ts';

const batchLines = 256;
const readBytes = 262_144;
// Whoever falls further behind a flood sees its newest part.
const furthestBehind = 1_048_576;
const pauseMs = 150;
// A silent program is usual, one whose logger was killed is not.
const looksBetweenMends = 10;
const longestLine = 1_000_000;

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
	let position: Position = {offset, inode, rest: none};
	let quiet = 0;
	while (!signal.aborted) {
		const news = readNews(path, position);
		position = news.position;
		yield* batches(news.lines);
		quiet = news.lines.length === 0 ? quiet + 1 : 0;
		if (quiet > 0 && !(await pause(signal))) {
			return;
		}

		if (quiet % looksBetweenMends === 1) {
			await mend(context, id);
		}

		if (!exists(directoryOf(context, id))) {
			yield [{stream: 'system', text: 'the workstation was destroyed'}];
			return;
		}
	}
}

async function mend(context: LocalContext, id: string): Promise<void> {
	const stored = readStored(context, id);
	if (typeof stored === 'object') {
		await mendLogger(context, stored);
	}
}

type Position = {
	readonly offset: number;
	readonly inode: number;
	/** What was read after the last line end. */
	readonly rest: Buffer;
};
type News = {readonly lines: readonly string[]; readonly position: Position};

const none: Buffer = Buffer.alloc(0);

function readNews(path: string, position: Position): News {
	const file = openLog(path);
	if (file === undefined) {
		// Between the cut and the next line there is no log.
		return {lines: [], position};
	}

	try {
		const {ino} = fstatSync(file);
		if (ino === position.inode) {
			return readFrom(file, position);
		}

		const old = readCut(path, position);
		return old.lines.length > 0 ? old : readFrom(file, {offset: 0, inode: ino, rest: old.position.rest});
	} finally {
		closeSync(file);
	}
}

// What was written to the old file after the last look, if it is still there; a line may go on in the new one.
function readCut(path: string, position: Position): News {
	const file = openLog(`${path}.1`);
	if (file === undefined) {
		return {lines: [], position};
	}

	try {
		return fstatSync(file).ino === position.inode ? readFrom(file, position) : {lines: [], position: {...position, rest: none}};
	} finally {
		closeSync(file);
	}
}

function readFrom(file: number, {offset, inode, rest}: Position): News {
	const {size} = fstatSync(file);
	const isSkipping = size - offset > furthestBehind;
	const start = isSkipping ? size - readBytes : Math.min(offset, size);
	const buffer = Buffer.alloc(Math.min(readBytes, size - start));
	const length = buffer.length === 0 ? 0 : readSync(file, buffer, 0, buffer.length, start);
	const bytes = Buffer.concat([isSkipping ? none : rest, buffer.subarray(0, length)]);
	const end = endOfLines(bytes);
	const lines = end === 0 ? [] : bytes.toString('utf8', 0, bytes[end - 1] === 10 ? end - 1 : end).split('\n');
	if (isSkipping) {
		lines[0] = `[cws] … ${Math.round((start - offset) / 1024)} KB skipped: it writes faster than can be shown`;
	}

	return {lines, position: {offset: start + length, inode, rest: bytes.subarray(end)}};
}

// A program that never ends its line must not fill the memory.
const endOfLines = (bytes: Buffer): number => {
	const end = bytes.lastIndexOf(10) + 1;
	return end === 0 && bytes.length > longestLine ? bytes.length : end;
};

function openLog(path: string): number | undefined {
	try {
		return openSync(path, 'r');
	} catch {
		return undefined;
	}
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
