import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stripVTControlCharacters} from 'node:util';
import {textWidth} from '../../../../source/core/text/text.ts';
import {drawRow, type RowDrawing, type RowLook} from '../../../../source/ui/panes/resources/draw-row.ts';
import {fitColumns} from '../../../../source/ui/panes/resources/fit-columns.ts';
import {createTheme} from '../../../../source/ui/theme/create-theme.ts';
import {loadThemes} from '../../../../source/ui/theme/load-themes.ts';
import {now, sampleResource} from '../../helpers/samples.ts';

const theme = createTheme(loadThemes()[0]!, 3);
const look: RowLook = {isSelected: false, isFocused: true, isMarked: false, isStale: false, isTurning: false};
const drawing: RowDrawing = {
	now,
	hoursPerMonth: 720,
	theme,
	fitted: fitColumns({available: 84, widths: {}, isWide: false}),
	width: 86,
	spinner: 0,
};

test('a row is made once for each resource and look', () => {
	const resource = sampleResource({name: 'web-1'});
	const first = drawRow(resource, look, drawing);
	assert.equal(drawRow(resource, {...look}, {...drawing, now: now + 1000}), first);
	assert.notEqual(drawRow(resource, {...look, isSelected: true}, drawing), first);
	assert.notEqual(drawRow(resource, look, {...drawing, now: now + 90 * 60_000}), first, 'its age crossed a step');
	assert.notEqual(drawRow({...resource, status: 'stopped'}, look, drawing), first);
});

test('a row has exactly its width, whatever is in it', () => {
	const names = ['a', 'x'.repeat(200), '日本語の名前がとても長いときでも', ''];
	for (const name of names) {
		for (const countdown of [undefined, {seconds: 8, undoKey: 'u'}]) {
			const row = drawRow(sampleResource({name, id: 'i-1'}), {...look, ...(countdown === undefined ? {} : {countdown})}, drawing);
			assert.equal(textWidth(stripVTControlCharacters(row)), 86, name);
		}
	}
});

test('a scheduled destroy counts down over the columns beside the status and keeps the price', () => {
	const row = drawRow(sampleResource({name: 'scratch'}), {...look, countdown: {seconds: 8, undoKey: 'u'}}, drawing);
	assert.match(stripVTControlCharacters(row), /◍ destroying in 8s · u undo .*\?/);
	const narrow = {...drawing, fitted: fitColumns({available: 36, widths: {}, isWide: false}), width: 38};
	assert.match(
		stripVTControlCharacters(drawRow(sampleResource({name: 'scratch'}), {...look, countdown: {seconds: 8, undoKey: 'u'}}, narrow)),
		/◍ 8s · u/,
	);
});

test('only what is in transition turns with the spinner', () => {
	const creating = sampleResource({name: 'a', status: 'creating'});
	const turning = {...look, isTurning: true};
	assert.notEqual(drawRow(creating, turning, drawing), drawRow(creating, turning, {...drawing, spinner: 1}));
	const waiting = drawRow(creating, look, drawing);
	assert.equal(waiting, drawRow(creating, look, {...drawing, spinner: 1}));
	assert.match(waiting, /◌/);
	const running = sampleResource({name: 'b'});
	assert.equal(drawRow(running, look, drawing), drawRow(running, look, {...drawing, spinner: 1}));
});
