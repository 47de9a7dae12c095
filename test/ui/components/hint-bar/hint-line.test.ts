import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createKeymap} from '../../../../source/keymap/create-keymap.ts';
import {hintLine} from '../../../../source/ui/components/hint-bar/hint-line.ts';
import {lineText, lineWidth, span} from '../../../../source/ui/components/line/line.ts';

const note = [span('text.faint', 'midnight')];
const draw = (width: number, keymap = createKeymap()) => {
	const line = hintLine({keymap, scopes: ['resources', 'list', 'global'], width, note});
	assert.equal(lineWidth(line), width);
	return lineText(line);
};

test('the hints come from the keys in force, in their order', () => {
	assert.match(draw(120), /^ n deploy {2}a actions {2}D destroy {2}d describe .* : command {2}\? help +midnight $/);
	assert.match(draw(120, createKeymap({overrides: {'resources.destroy': ['X']}})), / X destroy /);
	assert.doesNotMatch(draw(120, createKeymap({overrides: {'resources.destroy': []}})), /destroy/);
});

test('when it gets narrow the later hints go first and help stays', () => {
	const text = draw(60);
	assert.match(text, /^ n deploy {2}a actions/);
	assert.match(text, /: command {2}\? help/);
	assert.doesNotMatch(text, /shell|filter/);
});

test('a key that means something else in the nearer place is not promised', () => {
	const line = hintLine({keymap: createKeymap(), scopes: ['logs', 'text', 'global'], width: 160, note});
	const text = lineText(line);
	assert.match(text, /p pause/);
	assert.doesNotMatch(text, /\/ filter|n deploy/);
});
