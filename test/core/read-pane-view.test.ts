import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readPaneView} from '../../source/core/read-pane-view.ts';

const problemOf = (value: unknown): string => {
	const read = readPaneView(value);
	assert.ok(!read.ok, JSON.stringify(read));
	return read.problem;
};

test('every kind of view is read as it is', () => {
	const table = {
		kind: 'table',
		columns: [{title: 'NAME'}, {title: 'N', align: 'right'}],
		rows: [
			['a', 1],
			[{text: 'b', tone: 'bad'}, 2],
		],
	};
	for (const view of [
		table,
		{kind: 'keyValue', entries: [{key: 'a', value: 'b'}]},
		{kind: 'text', text: 'one\ntwo'},
		{kind: 'gauge', label: 'disk', value: 3, max: 4},
		{kind: 'bars', bars: [{label: 'a', value: 1}], unit: 'MB'},
		{kind: 'sparkline', values: [1, 2], label: 'load'},
		{kind: 'tabs', tabs: [{title: 'one', view: table}]},
	]) {
		assert.deepEqual(readPaneView(view), {ok: true, view});
	}
});

test('what no pane can be is refused with the place', () => {
	assert.equal(problemOf(null), 'the view is no object');
	assert.equal(problemOf({kind: 'html', html: '<b>'}), 'the view has the kind `html`, which is none of a pane');
	assert.equal(
		problemOf({kind: 'table', columns: [{title: 'a'}, {title: 'b'}], rows: [['1', '2'], ['3']]}),
		'rows[1] has 1 cells and there are 2 columns',
	);
	assert.equal(problemOf({kind: 'gauge', label: 'x', value: 1, max: 0}), 'max is not above zero');
	assert.equal(problemOf({kind: 'sparkline', values: [1, Number.NaN]}), 'values[1] is no number');
	assert.equal(problemOf({kind: 'text', text: '\n'.repeat(1000)}), 'text has 1001 lines, at most 1000 are shown');
	const tabs = {kind: 'tabs', tabs: [{title: 'a', view: {kind: 'tabs', tabs: []}}]};
	assert.equal(problemOf(tabs), 'tabs[0].view is inside of tabs and holds tabs itself');
	assert.equal(
		problemOf({kind: 'keyValue', entries: [{key: 'a', value: {text: 'x', tone: 'pink'}}]}),
		'entries[0].value.tone is none of ok, warn, bad, dim, accent',
	);
});

test('nothing in a text reaches the terminal as more than text', () => {
	const read = readPaneView({kind: 'text', text: 'a\u001B[2Jb\nc\u202Ed'});
	assert.deepEqual(read, {ok: true, view: {kind: 'text', text: 'a\u241B[2Jb\nc\uFFFDd'}});
});
