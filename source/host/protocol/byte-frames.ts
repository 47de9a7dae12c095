import {type Frame, type FrameBody, frameLimits} from './frame.ts';

// On a pipe a frame is 4 bytes for the length of its body, 1 for its kind, 4 for its id, and the body.
const headLength = 9;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function packFrame([kind, id, body]: Frame): Uint8Array<ArrayBuffer> {
	const bytes = body === undefined ? new Uint8Array(0) : typeof body === 'string' ? encoder.encode(body) : body;
	const frame = new Uint8Array(headLength + bytes.length);
	const view = new DataView(frame.buffer);
	view.setUint32(0, bytes.length);
	view.setUint8(4, kind.charCodeAt(0));
	view.setUint32(5, id);
	frame.set(bytes, headLength);
	return frame;
}

/**
Puts frames together from what a pipe brings. A length above that of a frame is refused before anything of the body is kept:
then `onFrame` gets `undefined`, and everything after it is ignored.
*/
export function createFrameReader(onFrame: (frame: Frame | undefined) => void): (chunk: Uint8Array) => void {
	const chunks: Uint8Array[] = [];
	let length = 0;
	let wanted = headLength;
	let head: {readonly kind: string; readonly id: number} | undefined;
	let isBroken = false;

	/** The next bytes, as their own memory: a chunk is part of a larger pool. */
	function take(count: number): Uint8Array<ArrayBuffer> {
		const bytes = new Uint8Array(count);
		let at = 0;
		while (at < count) {
			const chunk = chunks[0]!;
			const part = chunk.subarray(0, count - at);
			bytes.set(part, at);
			at += part.length;
			if (part.length === chunk.length) {
				chunks.shift();
			} else {
				chunks[0] = chunk.subarray(part.length);
			}
		}

		length -= count;
		return bytes;
	}

	function finish(body: FrameBody | undefined) {
		const {kind, id} = head!;
		head = undefined;
		wanted = headLength;
		onFrame(body === undefined ? [kind, id] : [kind, id, body]);
	}

	function readHead() {
		const view = new DataView(take(headLength).buffer);
		const size = view.getUint32(0);
		head = {kind: String.fromCharCode(view.getUint8(4)), id: view.getUint32(5)};
		if (size > frameLimits.bytes) {
			isBroken = true;
			chunks.length = 0;
			onFrame(undefined);
		} else if (size === 0) {
			finish(undefined);
		} else {
			wanted = size;
		}
	}

	return chunk => {
		chunks.push(chunk);
		length += chunk.length;
		while (!isBroken && length >= wanted) {
			if (head === undefined) {
				readHead();
			} else {
				const body = take(wanted);
				// Text has to stay below its limit in characters; a byte of UTF-8 is at most one.
				finish(body.length <= frameLimits.textLength ? decoder.decode(body) : body);
			}
		}
	};
}
