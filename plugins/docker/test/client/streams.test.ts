import assert from 'node:assert/strict';
import {test} from 'node:test';
import {demultiplex} from '../../client/demultiplex.ts';
import {jsonLines} from '../../client/json-lines.ts';
import {logLines} from '../../container/log-lines.ts';
import {createLogPosition} from '../../container/log-position.ts';
import {collect} from '../docker-for-test.ts';
import {frame} from '../fake-answers.ts';

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
	for (let first = 0; first < bytes.length; first += size) {
		yield bytes.subarray(first, first + size);
	}
}

const texts = async (bytes: Buffer, size: number) =>
	(await collect(logLines(demultiplex(inPieces(bytes, size))))).flat().map(({stream, text}) => `${stream} ${text}`);

test('the two outputs come apart however the bytes are cut, also within a letter', async () => {
	const bytes = Buffer.concat([frame(1, 'one déj'), frame(2, 'problem\n'), frame(1, 'à vu\ntwo\r\n'), frame(1, 'the end')]);
	for (const size of [1, 3, 7, 1000]) {
		assert.deepEqual(await texts(bytes, size), ['stderr problem', 'stdout one déjà vu', 'stdout two', 'stdout the end'], String(size));
	}
});

test('bytes that are no frames are passed on as they are', async () => {
	assert.deepEqual(await texts(Buffer.from('plain text of an old engine\n'), 5), ['stdout plain text of an old engine']);
	const giant = frame(1, 'x');
	giant.writeUInt32BE(0xff_ff_ff_ff, 4);
	assert.equal((await texts(giant, 100)).length, 1);
});

test('a line carries the time the engine wrote before it', async () => {
	const lines = await collect(logLines(demultiplex(inPieces(frame(1, '2026-01-02T03:04:05.123456789Z hello\n'), 99))));
	const [line] = lines.flat();
	assert.equal(line?.text, 'hello');
	assert.equal(line?.at, Date.parse('2026-01-02T03:04:05.123Z'));
});

test('a follow that goes on shows no line twice and leaves none out, also when times are whole seconds', () => {
	const line = (stamp: string, text: string) => ({stream: 'stdout' as const, text, stamp, at: Date.parse(stamp)});
	const coarse = createLogPosition();
	assert.equal(coarse.since(), undefined);
	coarse.note([line('2026-01-02T03:04:04Z', 'old'), line('2026-01-02T03:04:05Z', 'a'), line('2026-01-02T03:04:05Z', 'a')]);
	assert.equal(coarse.since(), `${Date.parse('2026-01-02T03:04:04Z') / 1000}.000000000`);
	const again = [
		line('2026-01-02T03:04:05Z', 'a'),
		line('2026-01-02T03:04:05Z', 'a'),
		line('2026-01-02T03:04:05Z', 'a'),
		line('2026-01-02T03:04:05Z', 'b'),
	];
	assert.deepEqual(
		coarse
			.skipper()(again)
			.map(({text}) => text),
		['a', 'b'],
	);
	const fine = createLogPosition();
	fine.note([line('2026-01-02T03:04:05.000000001Z', 'a')]);
	assert.ok(fine.since()?.endsWith('.000000001'));
	assert.deepEqual(fine.skipper()([line('2026-01-02T03:04:05.000000001Z', 'a')]), []);
});

test('lines that are no JSON are counted and left out', async () => {
	let skipped = 0;
	const values = await collect(
		jsonLines(inPieces(Buffer.from('{"a":1}\r\n\nnot json\n{"b":"é"}'), 4), () => {
			skipped++;
		}),
	);
	assert.deepEqual(values.flat(), [{a: 1}, {b: 'é'}]);
	assert.equal(skipped, 1);
});

test('a line that never ends does not fill the memory', async () => {
	let skipped = 0;
	const flood = async function* () {
		for (let part = 0; part < 10; part++) {
			yield Buffer.alloc(1_048_576, 'x');
		}
	};
	await collect(jsonLines(flood(), () => skipped++));
	assert.ok(skipped >= 2);
});
