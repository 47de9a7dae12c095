export type OutputPart = {readonly stream: 'stdout' | 'stderr'; readonly bytes: Uint8Array};

const headerBytes = 8;
const largestFrame = 16_777_216;

/**
The two outputs of a container without a terminal, which come in frames: the stream's number, three zeros, the length, the bytes.
Bytes that are not such a frame are passed through as they are, because an old engine sends them so.
*/
export async function* demultiplex(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<OutputPart> {
	let rest: Buffer = Buffer.alloc(0);
	let isRaw = false;
	for await (const chunk of chunks) {
		rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
		while (!isRaw && rest.length >= headerBytes) {
			const length = rest.readUInt32BE(4);
			if (rest[0]! > 3 || rest[1] !== 0 || rest[2] !== 0 || rest[3] !== 0 || length > largestFrame) {
				isRaw = true;
				break;
			}

			if (rest.length < headerBytes + length) {
				break;
			}

			yield {stream: rest[0] === 2 || rest[0] === 3 ? 'stderr' : 'stdout', bytes: rest.subarray(headerBytes, headerBytes + length)};
			rest = rest.subarray(headerBytes + length);
		}

		if (isRaw && rest.length > 0) {
			yield {stream: 'stdout', bytes: rest};
			rest = Buffer.alloc(0);
		}
	}
}
