import assert from 'node:assert/strict';
import {test} from 'node:test';
import {emptyHidden, hiddenLine, updateHidden} from '../../../../source/ui/components/hidden-field/hidden-field.ts';
import {lineText, lineWidth} from '../../../../source/ui/components/line/line.ts';
import {key, typed} from '../../overlays/layer-fixture.ts';

test('what is typed is kept and only dots are drawn', () => {
	const field = [...typed('hunter2'), key('backspace')].reduce((state, event) => updateHidden(state, event) ?? state, emptyHidden);
	assert.equal(field.value, 'hunter');
	const text = lineText(hiddenLine(field, 20, true));
	assert.match(text, /^•{6} +$/);
	assert.equal(lineWidth(hiddenLine(field, 20, false)), 20);
});

test('a pasted block keeps its lines, and says how many they are', () => {
	const block = '-----BEGIN KEY-----\r\nabc\r\n-----END KEY-----\n';
	const field = updateHidden(emptyHidden, {type: 'paste', text: block})!;
	assert.equal(field.value, '-----BEGIN KEY-----\nabc\n-----END KEY-----\n');
	assert.match(lineText(hiddenLine(field, 30, true)), /^•+ +3 lines *$/);
	assert.equal(lineWidth(hiddenLine(field, 30, true)), 30);
	assert.equal(updateHidden(field, key('ctrl+u'))?.value, '');
	assert.equal(updateHidden(field, key('tab')), undefined);
});
