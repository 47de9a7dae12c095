import assert from 'node:assert/strict';
import {test} from 'node:test';
import {formatTable, type Column} from '../../../source/commands/shared/table.ts';

type Row = {readonly name: string; readonly size: number};

const columns: readonly Column<Row>[] = [
	{title: 'NAME', value: row => row.name, canShrink: true},
	{title: 'SIZE', value: row => String(row.size), isRight: true},
];

test('columns are as wide as their widest cell, and figures stand to the right', () => {
	assert.deepEqual(
		formatTable(
			[
				{name: 'a', size: 5},
				{name: 'longer', size: 12_000},
			],
			columns,
			undefined,
		),
		['NAME     SIZE', 'a           5', 'longer  12000'],
	);
});

test('wide characters take two cells', () => {
	const [, wide, plain] = formatTable(
		[
			{name: '解析', size: 1},
			{name: 'abcd', size: 2},
		],
		columns,
		undefined,
	);
	assert.deepEqual([wide, plain], ['解析     1', 'abcd     2']);
});

test('in a pipe nothing is cut, on a terminal only what may be', () => {
	const rows = [{name: 'x'.repeat(30), size: 7}];
	assert.equal(formatTable(rows, columns, undefined)[1], `${'x'.repeat(30)}     7`);
	for (const line of formatTable(rows, columns, 20)) {
		assert.ok(line.length <= 20, line);
	}

	assert.match(formatTable(rows, columns, 20).join('\n'), /… +7$/);
});

test('a terminal too narrow for every column still gets lines that fit', () => {
	assert.ok(formatTable([{name: 'name', size: 123_456_789}], columns, 9).every(line => line.length <= 9));
});

test('without rows the heads are left', () => {
	assert.deepEqual(formatTable([], columns, 80), ['NAME  SIZE']);
});
