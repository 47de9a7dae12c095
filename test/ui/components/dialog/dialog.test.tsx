import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Dialog} from '../../../../source/ui/components/dialog/dialog.tsx';
import {type DialogView} from '../../../../source/ui/components/dialog/dialog-view.ts';
import {buttonsLine} from '../../../../source/ui/components/buttons/buttons.ts';
import {createTheme} from '../../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../../source/ui/theme/load-themes.ts';
import {renderLines} from '../../helpers/render-lines.tsx';

const theme = createTheme(loadThemes()[0]!, 3);
const buttons = [
	{id: 'cancel', label: 'Cancel'},
	{id: 'go', label: 'Go'},
];
const view: DialogView = {title: 'Quit', width: 30, note: '1 of 2', body: [['Leave cws?']], footer: [buttonsLine(buttons, 'cancel')]};
const draw = (columns: number, rows: number, parts: Partial<DialogView> = {}) =>
	renderLines(<Dialog view={{...view, ...parts}} size={{columns, rows}} theme={theme} />, rows);

test('a dialog stands in the middle, with its title and note in the border', () => {
	const lines = draw(60, 15).lines();
	const top = lines.findIndex(line => line.includes('╭'));
	assert.match(lines[top]!, /^ {13}╭─ Quit ─+ 1 of 2 ─╮$/);
	assert.match(lines[top + 2]!, /│ Leave cws\? +│/);
	assert.match(lines[top + 4]!, /│ {2}Cancel {4}Go {2}/);
	const below = 15 - 1 - lines.findLastIndex(line => line.includes('╰'));
	assert.ok(Math.abs(top - below) <= 1, `${top} above, ${below} below`);
});

test('on a small terminal it takes what there is and marks what is hidden', () => {
	const body = Array.from({length: 30}, (_, index) => [`line ${index}`]);
	const lines = draw(24, 8, {body}).lines();
	assert.ok(lines.length <= 8);
	assert.ok(lines.every(line => line.length <= 24));
	assert.ok(lines.some(line => line.endsWith('▾')));
	assert.ok(
		lines.some(line => line.includes('Cancel')),
		'the buttons are never hidden',
	);
});

test('danger is a colour of the border and not only a word', () => {
	assert.notEqual(draw(60, 15, {tone: 'danger'}).frame(), draw(60, 15).frame());
});
