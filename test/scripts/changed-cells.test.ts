import assert from 'node:assert/strict';
import {test} from 'node:test';
import {changedCells} from '../../scripts/changed-cells.ts';
import {cellOf, createXterm} from '../helpers/screen-cells.ts';

const columns = 40;
const red = (text: string) => `\u001B[31m${text}\u001B[39m`;
const bold = (text: string) => `\u001B[1m${text}\u001B[22m`;
const on = (text: string) => `\u001B[48;2;10;20;30m${text}\u001B[49m`;

const lines = [
	'',
	'plain words',
	'plain word',
	`│ ${red('one')} two ${bold('three')} │`,
	`│ ${red('one')} two ${bold('four!')} │`,
	on(`${red('one')} two ${bold('three')}`),
	on(`${bold('one')} two ${red(bold('three'))}   `),
	`${red('a')}\u001B[38;5;99mb${bold('c')}\u001B[39md`,
	'─'.repeat(columns),
	`${'─'.repeat(columns - 8)} live ─╮`,
];

for (const [from, previous] of lines.entries()) {
	test(`whatever comes after line ${from}, the terminal shows it as if it had been written whole`, async () => {
		for (const next of lines) {
			const patched = await draw(previous, changedCells(previous, next, columns)!);
			const whole = await draw(next, '');
			assert.deepEqual(patched, whole, `${JSON.stringify(previous)} → ${JSON.stringify(next)}`);
		}
	});
}

test('a changed word costs a few bytes, however long the line is', () => {
	const line = (word: string) => `${red('│')} ${word} ${bold('x'.repeat(20))} ${red('│')}`;
	assert.equal(changedCells(line('10s'), line('20s'), columns), '\u001B[3G2');
});

test('a line with wide or joined characters is left to others', () => {
	assert.equal(changedCells('plain', '解析', columns), undefined);
	assert.equal(changedCells('e\u0301', 'plain', columns), undefined);
});

async function draw(line: string, change: string) {
	const terminal = createXterm({columns, rows: 2}, false);
	await new Promise<void>(resolve => {
		terminal.write(`${line}\r${change}`, resolve);
	});
	return Array.from({length: columns}, (_, column) => cellOf(terminal, 0, column));
}
