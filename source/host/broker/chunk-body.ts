import {setImmediate as turn} from 'node:timers/promises';
import {type Redactor} from '../../core/text/redact.ts';
import {type ChunkBody} from './capability.ts';

/** A text is searched for secrets in pieces of so many characters, so that keys are answered between them … */
const searched = 256 * 1024;
/** … each with the beginning of the next one: no secret in any of its forms is longer. */
const overlap = 64 * 1024;

/** A body in items of a stream: text where it is valid UTF-8, else base64. Secrets in it are gone. */
export async function* chunkBody(bytes: Uint8Array, redact: Redactor, itemLength: number): AsyncGenerator<ChunkBody> {
	const text = textOf(bytes);
	if (text !== undefined) {
		yield* textItems(await redactInTurns(text, redact), itemLength);
		return;
	}

	// Every byte one character, so that what is ASCII in it can be found.
	const binary = Buffer.from(bytes).toString('latin1');
	const clean = await redactInTurns(binary, redact);
	const result = clean === binary ? Buffer.from(bytes) : Buffer.from(clean, 'latin1');
	for (let start = 0; start < result.length; start += itemLength) {
		yield {base64: result.subarray(start, start + itemLength).toString('base64')};
	}
}

export function* textItems(text: string, itemLength: number): Generator<{readonly text: string}> {
	for (let start = 0; start < text.length;) {
		let end = start + itemLength;
		const last = text.charCodeAt(end - 1);
		if (end < text.length && last >= 0xd800 && last <= 0xdbff) {
			// Not between the halves of one character.
			end--;
		}

		yield {text: text.slice(start, end)};
		start = end;
	}
}

/** A redactor on a text of many megabytes. As a rule it holds no secret, and then no piece changes. */
export async function redactInTurns(text: string, redact: Redactor): Promise<string> {
	for (let start = 0; start < text.length; start += searched) {
		const piece = text.slice(start, start + searched + overlap);
		if (redact(piece) !== piece) {
			return redact(text);
		}

		if (start + searched < text.length) {
			await turn();
		}
	}

	return text;
}

function textOf(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	} catch {
		return undefined;
	}
}
