import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createTheme} from '../../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../../source/ui/theme/load-themes.ts';
import {lineText, lineWidth, paintLine} from '../../../../source/ui/components/line/line.ts';
import {
	createTextField,
	suggestTextField,
	type TextField,
	updateTextField,
} from '../../../../source/ui/components/text-field/text-field.ts';
import {textFieldSpans} from '../../../../source/ui/components/text-field/text-field-line.ts';
import {key, typed} from '../../overlays/layer-fixture.ts';
import {type InputEvent} from '../../../../source/keymap/key-event.ts';

const run = (field: TextField, ...events: readonly InputEvent[]): TextField =>
	events.reduce((field, event) => updateTextField(field, event) ?? field, field);

const after = (start: string, ...names: readonly string[]): TextField => run(createTextField(start), ...names.map(name => key(name)));

test('what is typed stands at the cursor', () => {
	assert.deepEqual(run(createTextField(), ...typed('web-2')), {value: 'web-2', cursor: 5});
	assert.deepEqual(run(createTextField('ac'), key('left'), ...typed('b')), {value: 'abc', cursor: 2});
});

test('keys that are not for a field are handed back', () => {
	for (const name of ['tab', 'shift+tab', 'enter', 'esc', 'up', 'down', 'f5', 'ctrl+s', 'pageDown']) {
		assert.equal(updateTextField(createTextField('a'), key(name)), undefined, name);
	}
});

test('a key that changes nothing gives the same field, so that nothing is drawn', () => {
	const field = createTextField();
	for (const name of ['left', 'right', 'home', 'end', 'backspace', 'delete', 'ctrl+w', 'ctrl+u', 'ctrl+k']) {
		assert.equal(updateTextField(field, key(name)), field, name);
	}
});

test('the cursor moves by characters, words and to the ends', () => {
	assert.equal(after('one two', 'ctrl+left').cursor, 4);
	assert.equal(after('one two', 'ctrl+left', 'ctrl+left').cursor, 0);
	assert.equal(after('one two', 'home', 'ctrl+right').cursor, 3);
	assert.equal(after('one', 'ctrl+a').cursor, 0);
	assert.equal(after('one', 'home', 'end').cursor, 3);
	assert.equal(after('one', 'home', 'ctrl+e').cursor, 3);
});

test('deleting works by character, word and line', () => {
	assert.equal(after('abc', 'backspace').value, 'ab');
	assert.equal(after('abc', 'home', 'delete').value, 'bc');
	assert.equal(after('python3 -m http.server', 'ctrl+w').value, 'python3 -m http.');
	assert.equal(after('a b', 'ctrl+w').value, 'a ');
	assert.deepEqual(after('a b', 'left', 'ctrl+u'), {value: 'b', cursor: 0});
	assert.deepEqual(after('a b', 'home', 'right', 'ctrl+k'), {value: 'a', cursor: 1});
});

test('a character a person sees as one is deleted as one', () => {
	assert.equal(after('e\u0301', 'backspace').value, '');
	assert.equal(after('a👩‍👩‍👧', 'backspace').value, 'a');
	assert.equal(after('日本', 'left', 'backspace').value, '本');
});

test('pasted lines become one line and hostile characters become visible', () => {
	assert.equal(run(createTextField(), {type: 'paste', text: 'a\r\nb\tc\n'}).value, 'a b c ');
	assert.equal(run(createTextField(), {type: 'paste', text: 'x\u001B[31my'}).value, 'x␛[31my');
	assert.equal(run(createTextField(), {type: 'burst', text: 'http.server'}).value, 'http.server');
});

test('the first thing typed replaces a suggestion, a movement keeps it', () => {
	assert.equal(run(suggestTextField('vm-1'), ...typed('db')).value, 'db');
	assert.equal(run(suggestTextField('vm-1'), key('backspace')).value, '');
	assert.deepEqual(run(suggestTextField('vm-1'), key('end')), {value: 'vm-1', cursor: 4});
	assert.equal(run(suggestTextField('vm-1'), key('right'), ...typed('0')).value, 'vm-10');
});

test('the drawn field always has its width, and the cursor stays in sight', () => {
	for (const value of ['', 'short', 'a long value that does not fit', '日本語のとても長い値です']) {
		for (const cursor of [0, 1, value.length]) {
			for (const isFocused of [true, false]) {
				assert.equal(lineWidth(textFieldSpans({field: {value, cursor}, width: 12, isFocused})), 12, `${value} ${cursor}`);
			}
		}
	}

	const spans = textFieldSpans({field: createTextField('abcdefghijklmnop'), width: 8, isFocused: true});
	assert.equal(lineText(spans), 'jklmnop ');
	assert.equal(spans.find(({inverse}) => inverse)?.text, ' ');
});

test('the ghost of what is still to type follows the cursor', () => {
	const spans = textFieldSpans({field: createTextField('old-'), width: 16, isFocused: true, ghost: 'notebook'});
	assert.equal(lineText(spans), 'old-notebook    ');
	assert.equal(spans.find(({token}) => token === 'field.placeholder')?.text, 'otebook');
});

test('a painted line has exactly its cells also when it is cut inside of a wide character', () => {
	const theme = createTheme(loadThemes()[0]!, 0);
	assert.equal(paintLine(theme, ['日本語'], 4), '日… ');
	assert.equal(paintLine(theme, ['ab', 'cd'], 3), 'ab…');
	assert.equal(paintLine(theme, ['ab', 'cd'], 6), 'abcd  ');
});
