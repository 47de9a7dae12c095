import {Buffer} from 'node:buffer';
import {type Readable, pipeline} from 'node:stream';
import {constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress} from 'node:zlib';
import {failure, FailureError} from '../../core/failure/failure.ts';

/** Codings one answer may be wrapped in; more of them are an attack. */
const maxCodings = 2;

const decoders: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
	gzip: createGunzip,
	'x-gzip': createGunzip,
	deflate: createInflate,
	br: createBrotliDecompress,
	// A larger window would take more memory than an answer may have; 8 MiB is what browsers take.
	zstd: () => createZstdDecompress({params: {[constants.ZSTD_d_windowLogMax]: 23}}),
};

/** Reads a body to its end, decompressed, and gives it up at once when it becomes larger than it may. */
export async function readReply(body: Readable, encoding: string, maxBytes: number): Promise<Uint8Array> {
	const codings = encoding
		.toLowerCase()
		.split(',')
		.map(coding => coding.trim())
		.filter(coding => coding !== '' && coding !== 'identity');
	const isKnown = codings.every(coding => Object.hasOwn(decoders, coding));
	if (codings.length > maxCodings || !isKnown) {
		body.destroy();
		throw new FailureError(
			failure('CWS_PROVIDER_FAILED', {message: 'The answer is compressed in a way that is not known.', cause: encoding.slice(0, 100)}),
		);
	}

	// The last coding was applied last. Errors of every part end the last one, which is what is read.
	const decoded = codings
		.toReversed()
		.reduce<NodeJS.ReadableStream>((stream, coding) => pipeline(stream, decoders[coding]!(), () => {}), body);
	const chunks: Uint8Array[] = [];
	let length = 0;
	try {
		for await (const chunk of decoded) {
			length += (chunk as Uint8Array).byteLength;
			if (length > maxBytes) {
				throw new FailureError(
					failure('CWS_PLUGIN_QUOTA', {
						message: 'The answer is too large.',
						cause: `it is more than ${maxBytes} bytes after decompression`,
						details: {maxBytes},
					}),
				);
			}

			chunks.push(chunk as Uint8Array);
		}
	} finally {
		body.destroy();
	}

	return Buffer.concat(chunks);
}
