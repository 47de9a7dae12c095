import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createFrames} from './screen-frames.ts';

const frame = '\u001B[?2026hrow one\r\nrow two\u001B[?2026l';

test('a frame is shown whole, wherever its bytes were cut', () => {
	const bytes = Buffer.from(`before${frame}after`);
	for (let cut = 0; cut <= bytes.length; cut++) {
		const shown: string[] = [];
		const frames = createFrames(part => shown.push(Buffer.from(part).toString()));
		frames.push(bytes.subarray(0, cut));
		frames.push(bytes.subarray(cut));
		assert.equal(shown.join(''), bytes.toString());
		assert.ok(shown.includes(frame), `cut at ${cut}: ${JSON.stringify(shown)}`);
	}
});

test('what is no frame is shown as it comes', () => {
	const shown: string[] = [];
	const frames = createFrames(part => shown.push(Buffer.from(part).toString()));
	frames.push(Buffer.from('name? '));
	frames.push(Buffer.from('\u001B[?25l'));
	assert.deepEqual(shown, ['name? ', '\u001B[?25l']);
});

test('a frame that its program never ended is shown when nothing more can come', () => {
	const shown: string[] = [];
	const frames = createFrames(part => shown.push(Buffer.from(part).toString()));
	frames.push(Buffer.from('\u001B[?2026hhalf a r'));
	assert.deepEqual([shown, frames.isOpen()], [[], true]);
	frames.flush();
	assert.deepEqual([shown, frames.isOpen()], [['\u001B[?2026hhalf a r'], false]);
});
