import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parseKeyName} from '../../source/keymap/key-name.ts';

test('keys are read as people write them', () => {
	const cases: readonly (readonly [string, string | undefined])[] = [
		['Ctrl+D', 'ctrl+d'],
		['C-d', 'ctrl+d'],
		['shift+Tab', 'shift+tab'],
		['shift+a', 'A'],
		['D', 'D'],
		['ä', 'ä'],
		['Escape', 'esc'],
		['Return', 'enter'],
		['PgDn', 'pageDown'],
		['F5', 'f5'],
		['space', 'space'],
		['alt+x', 'alt+x'],
		['+', '+'],
		['-', '-'],
		['$', '$'],
		['c', 'c'],
		['hello', undefined],
		['', undefined],
	];
	for (const [written, expected] of cases) {
		assert.equal(parseKeyName(written), expected, written);
	}
});
