import {type ChunkBody} from '../../broker/capability.ts';
import {fromBase64} from './base64.ts';

/** A body that came in chunks: texts where it is text, base64 where it is not. */
export type ReadBody = {readonly text: () => string; readonly bytes: () => Uint8Array};

export async function readChunks(items: AsyncIterable<unknown>): Promise<ReadBody> {
	const chunks: ChunkBody[] = [];
	for await (const item of items) {
		chunks.push(item as ChunkBody);
	}

	const bytes = () => joined(chunks.map(chunk => ('text' in chunk ? new TextEncoder().encode(chunk.text) : fromBase64(chunk.base64))));
	return {
		text: () => (chunks.every(chunk => 'text' in chunk) ? chunks.map(chunk => chunk.text).join('') : new TextDecoder().decode(bytes())),
		bytes,
	};
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}

	return whole;
}
