import {list} from '../read.ts';
import {parseJson} from './answer.ts';

/** Reads an answer as it arrives. */
export type EntryReader = {
	readonly push: (chunk: Buffer) => void;
	/** The answer with `null` in place of each entry; undefined when it was no JSON. */
	readonly end: () => unknown;
};

const quote = 0x22;
const backslash = 0x5c;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
const colon = 0x3a;

/**
Gives every entry of one list of an answer to `take` and lets it go: two thousand jobs are six megabytes of text and three times that as
objects, and never more than one of them has to be there. What is no object is given as undefined, at the end.
@param key - The name of the list, at the top of the answer.
*/
export function createEntryReader(key: string, take: (entry: unknown) => void): EntryReader {
	// Bytes as characters of one byte each: a chunk may end within a letter.
	let rest = '';
	let depth = 0;
	let isText = false;
	let isEscaped = false;
	let isBroken = false;
	let isList = false;
	/** The text that was read last at the top, and whether a colon came after it. */
	let name = '';
	let isNamed = false;
	let carried: Buffer[] | undefined;
	let given = 0;

	const give = (bytes: Buffer) => {
		const entry = parseJson(bytes.toString('utf8'));
		isBroken ||= entry === undefined;
		given++;
		take(entry);
	};

	const push = (chunk: Buffer) => {
		/** Where what is not looked at yet begins: of the entry that is read, or of the rest. */
		let from = 0;
		let textFrom = 0;
		for (let at = 0; at < chunk.length; at++) {
			const byte = chunk[at]!;
			if (isText) {
				if (isEscaped) {
					isEscaped = false;
				} else if (byte === backslash) {
					isEscaped = true;
				} else if (byte === quote) {
					isText = false;
					if (depth === 1) {
						name += chunk.toString('latin1', textFrom, at);
						isNamed = false;
					}
				}

				continue;
			}

			if (byte === quote) {
				isText = true;
				name = '';
				textFrom = at + 1;
			} else if (byte === colon) {
				isNamed = depth === 1;
			} else if (byte === openObject || byte === openList) {
				if (depth === 1 && byte === openList && isNamed && name === key) {
					isList = true;
				} else if (depth === 2 && isList && byte === openObject) {
					rest += chunk.toString('latin1', from, at);
					from = at;
					carried = [];
				}

				depth++;
			} else if (byte === closeObject || byte === closeList) {
				depth--;
				if (carried !== undefined && depth === 2) {
					give(carried.length === 0 ? chunk.subarray(from, at + 1) : Buffer.concat([...carried, chunk.subarray(0, at + 1)]));
					carried = undefined;
					from = at + 1;
					rest += 'null';
				} else if (depth === 1) {
					isList = false;
				}
			}
		}

		if (carried !== undefined) {
			carried.push(Buffer.from(chunk.subarray(from)));
		} else {
			rest += chunk.toString('latin1', from);
			if (isText && depth === 1) {
				name += chunk.toString('latin1', textFrom);
			}
		}
	};

	const end = (): unknown => {
		const answer = isBroken || carried !== undefined ? undefined : parseJson(Buffer.from(rest, 'latin1').toString('utf8'));
		for (const count = list(answer, key)?.length ?? 0; given < count; given++) {
			take(undefined);
		}

		return answer;
	};

	return {push, end};
}
