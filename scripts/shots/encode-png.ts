import {crc32, deflateSync} from 'node:zlib';

/** A PNG without alpha and without filters: pictures of text are then half as large as a renderer's own. */
export function encodePng({width, height, pixels}: {readonly width: number; readonly height: number; readonly pixels: Uint8Array}): Buffer {
	const rows = Buffer.alloc(height * (1 + width * 3));
	for (let y = 0, to = 0; y < height; y++) {
		to++;
		for (let x = 0; x < width; x++, to += 3) {
			rows.set(pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 3), to);
		}
	}

	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// Eight bits for each of red, green and blue.
	header.set([8, 2], 8);
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows, {level: 9})), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	framed.set(body, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}
