import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createFrameReader, packFrame} from '../../../source/host/protocol/byte-frames.ts';
import {type Frame, frameLimits, packBody, textOf} from '../../../source/host/protocol/frame.ts';

function read(bytes: Uint8Array, step: number): readonly (Frame | undefined)[] {
	const frames: (Frame | undefined)[] = [];
	const take = createFrameReader(frame => frames.push(frame));
	for (let at = 0; at < bytes.length; at += step) {
		take(bytes.subarray(at, at + step));
	}

	return frames;
}

const long = JSON.stringify('é'.repeat(40_000));
const frames: readonly Frame[] = [
	['H', 0, '{"a":1}'],
	['?', 0],
	['q', 4_294_967_295, '"ü"'],
	['a', 7, packBody(long)!],
	['z', 7],
];
const stream = Buffer.concat(frames.map(frame => packFrame(frame)));

test('frames come out of a pipe as they went in, however they were cut', () => {
	for (const step of [1, 3, 9, 1000, stream.length]) {
		const received = read(stream, step);
		assert.deepEqual(
			received.map(frame => [frame![0], frame![1], frame![2] === undefined ? undefined : textOf(frame![2])]),
			frames.map(([kind, id, body]) => [kind, id, body === undefined ? undefined : textOf(body)]),
			`in steps of ${step}`,
		);
		assert.ok(received[3]![2] instanceof Uint8Array && typeof received[0]![2] === 'string');
	}
});

test('a frame that says it is too long is refused before its body comes, and nothing after it is read', () => {
	const head = new Uint8Array(9);
	new DataView(head.buffer).setUint32(0, frameLimits.bytes + 1);
	assert.deepEqual(read(Buffer.concat([packFrame(['?', 0]), head, stream]), 5), [['?', 0], undefined]);
});
