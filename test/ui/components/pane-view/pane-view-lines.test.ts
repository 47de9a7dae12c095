import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type PaneView} from '../../../../source/core/pane-view.ts';
import {lineText, lineWidth} from '../../../../source/ui/components/line/line.ts';
import {paneViewLines} from '../../../../source/ui/components/pane-view/pane-view-lines.ts';

const textOf = (view: PaneView, width: number, tab = 0): readonly string[] => {
	const {header, lines} = paneViewLines(view, width, tab);
	return [...header, ...lines].map(line => lineText(line).trimEnd());
};

const table: PaneView = {
	kind: 'table',
	columns: [{title: 'TEAM'}, {title: 'HOURS'}],
	rows: [
		['genomics', 7],
		[{text: 'physics', tone: 'bad'}, 112],
	],
};

test('a table has its heads above, numbers at the right and tones in the colours of the theme', () => {
	assert.deepEqual(textOf(table, 60), ['TEAM      HOURS', 'genomics      7', 'physics     112']);
	const [, second] = paneViewLines(table, 60).lines;
	assert.equal(typeof second![0] === 'object' && second![0].token, 'health.fail');
});

test('a table never is wider than its place: the widest column gives way first, at last whole columns go', () => {
	const wide: PaneView = {kind: 'table', columns: [{title: 'A'}, {title: 'B'}], rows: [['x'.repeat(100), 'short']]};
	assert.deepEqual(textOf(wide, 24), [`A${' '.repeat(18)}B`, `${'x'.repeat(16)}…  short`]);
	const many: PaneView = {
		kind: 'table',
		columns: Array.from({length: 24}, (_, at) => ({title: `c${at}`})),
		rows: [Array.from({length: 24}, () => 'value')],
	};
	for (const line of [...paneViewLines(many, 38).header, ...paneViewLines(many, 38).lines]) {
		assert.ok(lineWidth(line) <= 40, lineText(line));
	}
});

test('a gauge, bars and a sparkline say their figures beside what they draw', () => {
	assert.deepEqual(textOf({kind: 'gauge', label: 'disk', value: 3, max: 4}, 30), [
		'disk  3 of 4',
		`${'█'.repeat(19)}${'░'.repeat(6)} 75 %`,
	]);
	const bars = textOf(
		{
			kind: 'bars',
			unit: 'GB',
			bars: [
				{label: 'a', value: 10},
				{label: 'b', value: 5},
			],
		},
		18,
	);
	assert.deepEqual(bars, ['a ██████████ 10 GB', 'b █████░░░░░  5 GB']);
	assert.deepEqual(textOf({kind: 'sparkline', values: [1, 8], label: 'load'}, 20), ['load', '▂█', 'now 8 · highest 8 · lowest 1']);
	assert.deepEqual(textOf({kind: 'sparkline', values: []}, 20), ['no values yet']);
});

test('of tabs the chosen one is shown, and one that went away is the last', () => {
	const tabs: PaneView = {
		kind: 'tabs',
		tabs: [
			{title: 'one', view: {kind: 'text', text: 'first'}},
			{title: 'two', view: {kind: 'keyValue', entries: [{key: 'state', value: 'fine'}]}},
		],
	};
	assert.deepEqual(textOf(tabs, 30), ['one · two', '', 'first']);
	assert.deepEqual(textOf(tabs, 30, 7), ['one · two', '', 'state  fine']);
});
