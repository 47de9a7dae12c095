/** JSON text: a string while small, transferred bytes above; both have a size that is checked before anything is parsed. */
export type FrameBody = string | Uint8Array<ArrayBuffer>;

/**
One message of `cws-plugin/1`. The kinds: `H`ello, `W`elcome, `N`o, `r`eady, `f`ailed to load, re`q`uest, `a`nswer, `A` error,
`s`tream chunk, `z` its end, `w` more credit, `c`ancel, `p`rogress, `e`vent, `l`og, `x` uncaught error, `?` ping, `!` pong, `d`rain, `b`ye.
*/
export type Frame = readonly [kind: string, id: number, body?: FrameBody];

export const protocolVersion = 1;

export const frameLimits = {
	textLength: 16 * 1024,
	bytes: 4 * 1024 * 1024,
	depth: 64,
	/** Items and characters of one chunk of a stream, whichever comes first. */
	chunkItems: 256,
	chunkLength: 64 * 1024,
	/** Chunks on the way without a new credit. */
	window: 2,
	errorLength: 2000,
	logLength: 8 * 1024,
	eventLength: 64 * 1024,
} as const;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Undefined when it is larger than a frame may be. */
export function packBody(json: string): FrameBody | undefined {
	if (json.length <= frameLimits.textLength) {
		return json;
	}

	const bytes = json.length > frameLimits.bytes ? undefined : encoder.encode(json);
	return bytes !== undefined && bytes.byteLength <= frameLimits.bytes ? bytes : undefined;
}

export const transferOf = (body: FrameBody | undefined): ArrayBuffer[] => (body instanceof Uint8Array ? [body.buffer] : []);

export const textOf = (body: FrameBody): string => (typeof body === 'string' ? body : decoder.decode(body));

/** Checks the shape and the size, so that nothing large or strange is ever parsed. */
export function isFrame(message: unknown): message is Frame {
	if (!Array.isArray(message) || message.length < 2 || message.length > 3) {
		return false;
	}

	const [kind, id, body] = message as unknown[];
	return (
		typeof kind === 'string' &&
		kind.length === 1 &&
		Number.isSafeInteger(id) &&
		(body === undefined ||
			(typeof body === 'string' && body.length <= frameLimits.textLength) ||
			(body instanceof Uint8Array && body.buffer instanceof ArrayBuffer && body.byteLength <= frameLimits.bytes))
	);
}

/** Whether brackets nest deeper than a recursive walk should go. A scan before the parser, which takes a second for the worst of them. */
export function isTooDeep(json: string): boolean {
	let depth = 0;
	for (let index = 0; index < json.length; index++) {
		const code = json.charCodeAt(index);
		if (code === quote) {
			index = endOfText(json, index);
		} else if (code === 0x5b || code === 0x7b) {
			depth++;
			if (depth > frameLimits.depth) {
				return true;
			}
		} else if (code === 0x5d || code === 0x7d) {
			depth--;
		}
	}

	return false;
}

const quote = 0x22;
const backslash = 0x5c;

/** The index of the quote that closes the text which begins at `start`. */
function endOfText(json: string, start: number): number {
	let end = start;
	for (;;) {
		end = json.indexOf('"', end + 1);
		if (end === -1) {
			return json.length;
		}

		let before = end - 1;
		while (json.charCodeAt(before) === backslash) {
			before--;
		}

		if ((end - before) % 2 === 1) {
			return end;
		}
	}
}
