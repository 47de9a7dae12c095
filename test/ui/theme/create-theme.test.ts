import assert from 'node:assert/strict';
import {stripVTControlCharacters} from 'node:util';
import {test} from 'node:test';
import {createTheme, dimTheme} from '../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../source/ui/theme/load-themes.ts';

const midnight = loadThemes()[0]!;
const bold = '\u001B[1m';
const inverse = '\u001B[7m';

test('a token is painted in the exact colour of its theme', () => {
	assert.equal(createTheme(midnight, 3).paint('health.pass', 'pass'), '\u001B[38;2;160;213;105mpass\u001B[39m');
});

test('without colour only bold, underline and inverse remain', () => {
	const theme = createTheme(midnight, 0);
	assert.equal(theme.paint('health.pass', 'pass'), 'pass');
	assert.equal(theme.paint('text.strong', 'name'), `${bold}name\u001B[22m`);
	assert.ok(theme.paint('text.default', 'row', {on: 'selection.background'}).includes(inverse));
	assert.equal(theme.color('border.focus'), undefined);
});

test('on 16 colours the selected row is inverse and the rest uses the ANSI names', () => {
	const theme = createTheme(midnight, 1);
	assert.equal(theme.paint('health.fail', 'x'), '\u001B[31mx\u001B[39m');
	const row = theme.paint('health.fail', 'x', {on: 'selection.background'});
	assert.ok(row.includes(inverse));
	assert.ok(!row.includes('\u001B[31m'), 'one row, one ground');
	assert.equal(theme.color('border.focus'), 'blueBright');
});

test('a dimmed theme keeps the text and loses every accent', () => {
	const theme = createTheme(midnight, 3);
	const dimmed = dimTheme(theme);
	assert.equal(dimmed.paint('health.fail', 'gone', {on: 'selection.background', bold: true}), theme.paint('text.faint', 'gone'));
	assert.equal(stripVTControlCharacters(dimmed.paint('brand', 'cws')), 'cws');
});

test('mono has no colour at all', () => {
	const mono = loadThemes().find(({name}) => name === 'mono')!;
	const theme = createTheme(mono, 3);
	for (const token of ['health.pass', 'cost.high', 'brand', 'border.focus'] as const) {
		assert.ok(!theme.paint(token, 'x').includes('\u001B[38'));
	}
});
