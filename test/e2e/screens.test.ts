import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {type Pty} from '../helpers/pty.ts';
import {startCws} from './support/start-cws.ts';

const titles = ['1 Plugins', '2 Resources', '3 Cost', '4 Activity'];

const sizes = [
	[80, 24],
	[120, 36],
	[200, 60],
	[60, 20],
] as const;

// Nothing moves while one screen is held beside another.
const openDemo = async (pty: Pty): Promise<void> => {
	await pty.waitFor(/ · live/);
	await pty.waitFor(/today +(≥ )?\$|Plugins   2 Resources/);
	await pty.press('p');
	await pty.waitFor(/ · paused /);
	await pty.waitGone('refreshing is paused');
	// What was asked for before the pause may still come.
	for (let before = '', turn = 0; before !== withoutClock(pty) && turn < 40; turn++) {
		before = withoutClock(pty);
		await delay(500);
	}
};

for (const theme of ['midnight', 'paper', 'mono']) {
	suite(`theme ${theme}`, () => {
		for (const [columns, rows] of sizes) {
			test(`at ${columns}×${rows} every frame is whole`, async t => {
				const pty = startCws(t, ['demo', '--seed', '7'], {columns, rows, env: {CWS_THEME: theme}});
				await pty.waitFor(/ · live/);
				if (columns < 80) {
					for (const [index, title] of titles.entries()) {
						await pty.press(String(index + 1));
						await pty.waitFor(new RegExp(`╭─ ${title}`));
						await assertWhole(pty, columns, rows);
					}

					return;
				}

				for (const title of titles) {
					await pty.waitFor(`╭─ ${title} `);
				}

				await assertWhole(pty, columns, rows);
				for (const [key, wanted] of [
					['d', /summary · yaml · json/],
					['$', /╭─ Cost/],
					['!', /╭─ Errors/],
					['@', /╭─ Audit/],
					['ctrl+t', /╭─ Tasks/],
				] as const) {
					await pty.press(key);
					await pty.waitFor(wanted);
					await assertWhole(pty, columns, rows);
					await pty.press('esc');
					await pty.waitFor('2 Resources');
				}
			});
		}
	});
}

suite('what was there before is there again', () => {
	for (const [columns, rows] of sizes) {
		test(`at ${columns}×${rows} after every dialog and screen`, async t => {
			const pty = startCws(t, ['demo', '--seed', '7'], {columns, rows});
			await openDemo(pty);
			for (const [key, wanted] of [
				['n', '1 where'],
				['?', 'Search all keys'],
				[':', '╭─ Command'],
				['T', '╭─ Theme'],
				['S', '╭─ Sort'],
				['a', 'Hibernate'],
				['D', '╭─ Destroy'],
				['q', 'Leave cws?'],
				['d', 'summary · yaml · json'],
				['$', /╭─ Cost ─/],
				['!', '╭─ Errors'],
				['@', '╭─ Audit'],
			] as const) {
				const before = withoutClock(pty);
				await pty.press(key);
				await pty.waitFor(wanted);
				await pty.press('esc');
				await pty.waitUntil(() => withoutClock(pty) === before, `the screen before ${key}:\n${before}\n\nto come back`);
			}
		});
	}

	test('after it was made small, large and as it was', async t => {
		const pty = startCws(t, ['demo', '--seed', '7'], {columns: 120, rows: 36});
		await openDemo(pty);
		const before = withoutClock(pty);
		for (const [columns, rows] of [
			[60, 20],
			[30, 10],
			[200, 60],
			[81, 21],
			[120, 36],
		] as const) {
			pty.resize(columns, rows);
			await pty.waitFor(columns < 40 ? '40×12' : /╭─ 2 Resources/);
			if (columns >= 40) {
				await pty.waitUntil(() => isWhole(pty, columns, rows), `a whole frame of ${columns}×${rows}`);
			}
		}

		await pty.waitUntil(() => withoutClock(pty) === before, `the first screen:\n${before}\n\nto come back`);
	});
});

/** The screen without what time changes: the clock, what was spent, how old things are, and the spinner. */
const withoutClock = (pty: Pty): string =>
	pty
		.screen()
		.map(line =>
			line
				.replace(/\d\d:\d\d$/, '')
				.replaceAll(/ *\$[\d,.]+ */g, '$')
				.replaceAll(/ +\d+[smhd]\b/g, ' #')
				.replaceAll(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '⠿'),
		)
		.join('\n');

const corners: Readonly<Record<string, string>> = {'╭': '╮', '╰': '╯'};

/** Whether frames close where they open: as many corners on the left as on the right, and lines from edge to edge. */
function isWhole(pty: Pty, columns: number, rows: number): boolean {
	const screen = pty.screen();
	return (
		screen.length === rows &&
		screen.every(line => Array.from(line).length <= columns) &&
		Object.entries(corners).every(([left, right]) => screen.every(line => count(line, left) === count(line, right))) &&
		count(screen.join(''), '╭') === count(screen.join(''), '╰') &&
		screen[rows - 2]?.startsWith('╰') === true &&
		screen[rows - 2]?.endsWith('╯') === true &&
		screen[rows - 1] !== ''
	);
}

// A frame may arrive in two reads.
async function assertWhole(pty: Pty, columns: number, rows: number): Promise<void> {
	await pty.waitUntil(() => isWhole(pty, columns, rows), `a whole frame of ${columns}×${rows}`);
	for (const [row, line] of pty.screen().entries()) {
		const [first, last] = [pty.cell(row, 0).text, pty.cell(row, columns - 1).text];
		// The arrow says that there is more below.
		assert.equal(/[╭│╰]/.test(first), /[╮│╯▾▴]/.test(last), `row ${row} is cut: ${line}\n${pty.text()}`);
	}
}

const count = (text: string, part: string): number => text.split(part).length - 1;
