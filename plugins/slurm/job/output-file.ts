import {type FileHandle} from 'node:fs/promises';
import {StringDecoder} from 'node:string_decoder';
import {type LogLine} from 'cws/sdk';

const chunkBytes = 65_536;
const mostLines = 512;
const longestLine = 65_536;
const mostTailBytes = 8_388_608;

/** One file, read on from where it was left. */
export type OutputFile = {
	readonly path: string;
	/** Whole lines that came since; at most a page of them. */
	readonly read: (handle: FileHandle, isLast: boolean) => Promise<readonly LogLine[]>;
	/** What stands there without an end of line. */
	readonly rest: () => readonly LogLine[];
	readonly startAt: (position: number) => void;
};

export function outputFile(path: string, stream: 'stdout' | 'stderr'): OutputFile {
	let position = 0;
	let left = '';
	let decoder = new StringDecoder('utf8');
	const lineOf = (text: string): LogLine => ({stream, text: text.replace(/\r$/, '').slice(0, longestLine)});
	return {
		path,
		startAt(at) {
			position = at;
		},
		async read(handle, isLast) {
			const {size} = await handle.stat();
			// A job that starts again may write its file anew.
			if (size < position) {
				position = 0;
				left = '';
				decoder = new StringDecoder('utf8');
			}

			const lines: LogLine[] = [];
			const buffer = Buffer.allocUnsafe(chunkBytes);
			const most = isLast ? Number.POSITIVE_INFINITY : mostLines;
			while (lines.length < most) {
				const {bytesRead} = await handle.read(buffer, 0, chunkBytes, position);
				if (bytesRead === 0) {
					break;
				}

				position += bytesRead;
				const parts = (left + decoder.write(buffer.subarray(0, bytesRead))).split('\n');
				left = parts.pop()!.slice(-longestLine);
				lines.push(...parts.map(lineOf));
			}

			return lines;
		},
		rest() {
			const text = left + decoder.end();
			left = '';
			return text === '' ? [] : [lineOf(text)];
		},
	};
}

/** Goes so far back that the last lines fit, and reads from there. */
export async function lastLines(file: OutputFile, handle: FileHandle, count: number): Promise<readonly LogLine[]> {
	const {size} = await handle.stat();
	const buffer = Buffer.allocUnsafe(chunkBytes);
	let start = size;
	let ends = 0;
	search: while (start > 0 && size - start < mostTailBytes) {
		const from = Math.max(0, start - chunkBytes);
		const {bytesRead} = await handle.read(buffer, 0, start - from, from);
		for (let index = bytesRead - 1; index >= 0; index--) {
			// The end of the last line does not begin another.
			if (buffer[index] === 10 && from + index < size - 1) {
				ends++;
				if (ends >= count) {
					start = from + index + 1;
					break search;
				}
			}
		}

		start = from;
	}

	file.startAt(count <= 0 ? size : start);
	return file.read(handle, true);
}
