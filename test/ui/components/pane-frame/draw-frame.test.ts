import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {span} from '../../../../source/ui/components/line/line.ts';
import {drawFrame, type Frame} from '../../../../source/ui/components/pane-frame/draw-frame.ts';
import {createTheme} from '../../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../../source/ui/theme/load-themes.ts';

const theme = createTheme(loadThemes()[0]!, 3);
const plain = (frame: Partial<Frame>, lines: readonly string[] = []) =>
	drawFrame(theme, {title: 'Cost', width: 24, height: 4, isFocused: false, ...frame}, lines).map(line => stripVTControlCharacters(line));

test('the title stands inside the border line, the note at its right', () => {
	assert.deepEqual(plain({number: 3, note: [span('text.muted', '720 h')]}, ['a'.padEnd(22)]), [
		'╭─ 3 Cost ───── 720 h ─╮',
		'│a                     │',
		'│                      │',
		'╰──────────────────────╯',
	]);
});

test('a note that does not fit is left away whole and a long title is cut', () => {
	assert.equal(plain({number: 1, note: [span('text.muted', 'a very long note')]})[0], '╭─ 1 Cost ─────────────╮');
	const [top] = plain({number: 1, title: 'A title that is much too long'});
	assert.equal(top?.length, 24);
	assert.ok(top?.includes('…'));
});

test('more lines than fit are cut, fewer are filled', () => {
	assert.equal(plain({height: 3}, ['x'.repeat(22), 'y'.repeat(22)]).length, 3);
	assert.equal(plain({height: 6}, []).length, 6);
});
