import assert from 'node:assert/strict';
import {test} from 'node:test';
import {moveFocus} from '../../../../source/ui/components/dialog/focus.ts';
import {layoutDialog} from '../../../../source/ui/components/dialog/layout-dialog.ts';
import {lineText} from '../../../../source/ui/components/line/line.ts';
import {key} from '../../overlays/layer-fixture.ts';

const body = ['one', '', 'two', 'three', 'four', 'five'].map(text => (text === '' ? [] : [text]));
const view = {title: 'T', width: 20, header: [['head']], body, footer: [['feet']]};
const text = (height: number, anchor = 0) => layoutDialog({...view, anchor}, height).map(({line, mark}) => lineText(line) + (mark ?? ''));

test('there is air around and between the parts where there is room', () => {
	assert.deepEqual(text(20), ['', 'head', '', 'one', '', 'two', 'three', 'four', 'five', '', 'feet', '']);
});

test('air goes first on a small terminal', () => {
	assert.deepEqual(text(10), ['head', '', 'one', '', 'two', 'three', 'four', 'five', '', 'feet']);
	assert.deepEqual(text(8), ['head', 'one', '', 'two', 'three', 'four', 'five', 'feet']);
});

test('then the body scrolls around its anchor, and header and footer stay', () => {
	assert.deepEqual(text(5, 0), ['head', 'one', 'two', 'three▾', 'feet']);
	assert.deepEqual(text(5, 4), ['head', 'three▴', 'four', 'five', 'feet']);
	assert.deepEqual(text(5, 99), ['head', 'three▴', 'four', 'five', 'feet']);
	for (const height of [3, 4, 5, 6]) {
		assert.ok(text(height, 3).includes('three') || text(height, 3).some(line => line.startsWith('three')), String(height));
		assert.ok(text(height).length <= height);
	}
});

test('Tab and the arrows go round, other keys do not move the focus', () => {
	const stops = ['field', 'cancel', 'go'];
	assert.equal(moveFocus(stops, 'field', key('tab')), 'cancel');
	assert.equal(moveFocus(stops, 'go', key('down')), 'field');
	assert.equal(moveFocus(stops, 'field', key('shift+tab')), 'go');
	assert.equal(moveFocus(stops, 'vanished', key('tab')), 'field');
	assert.equal(moveFocus(stops, 'field', key('x')), undefined);
	assert.equal(moveFocus(stops, 'field', {type: 'paste', text: '\t'}), undefined);
});
