import assert from 'node:assert/strict';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {suite, test} from 'node:test';
import {type Pty} from '../helpers/pty.ts';
import {until} from './support/processes.ts';
import {freshHome} from './support/start-cws.ts';
import {appPid, guardPid, isRunning, startApp, startAppInShell} from './support/start-terminal-fixture.ts';

async function assertSane(pty: Pty, code: number): Promise<void> {
	const text = await pty.waitFor(/-extproc/);
	assert.match(text, new RegExp(`^code=${code}$`, 'm'));
	assert.match(text, /^before$/m);
	for (const mode of ['icanon', 'isig', 'echo', 'icrnl', 'opost', 'onlcr', 'iexten']) {
		assert.match(text, new RegExp(`(?<!-)\\b${mode}\\b`), mode);
	}

	assert.deepEqual(pty.modes(), {isAlternateScreen: false, isCursorVisible: true, isPasteBracketed: false, isMouseOn: false});
	await pty.type('typed');
	await pty.press('enter');
	await pty.waitFor('line=typed');
}

suite('keyboard', () => {
	test('keys, a lone esc and a paste arrive, and nothing is echoed', async t => {
		const pty = await startApp(t);
		await pty.press('j', 'up', 'f5', 'ctrl+c', 'esc', 'shift+tab', 'ä');
		pty.paste('rm -rf /\rq');
		await pty.waitFor('keys: j up f5 ctrl+c esc shift+tab ä paste:"rm -rf /\\nq"');
		assert.equal(pty.screen().filter(Boolean).length, 2);
	});

	test('copying reaches the terminal and draws nothing', async t => {
		const pty = await startApp(t);
		await pty.press('c');
		await pty.waitFor('keys: c');
		assert.equal(pty.screen().filter(Boolean).length, 2);
	});
});

suite('size', () => {
	test('a storm of sizes ends with the last one, drawn whole', async t => {
		const pty = await startApp(t);
		for (let columns = 60; columns <= 140; columns += 4) {
			pty.resize(columns, 30);
		}

		await pty.waitFor('ready 140x30');
	});

	test('rows that were cut by a narrow moment are drawn again', async t => {
		const pty = await startApp(t);
		await pty.type('abcdefg'.replace('c', 'C'));
		await pty.waitFor('keys: a b C d e f g');
		pty.resize(12, 24);
		pty.resize(100, 24);
		await pty.waitFor(/^ready 100x24\nkeys: a b C d e f g$/);
	});

	test('after a continue from outside the screen is whole again', async t => {
		const pty = await startApp(t);
		await pty.press('j');
		await pty.waitFor('keys: j');
		const before = pty.bytes();
		// Somebody else writes over the screen.
		const pid = appPid(pty);
		await writeFile(`/proc/${pid}/fd/1`, '\u001B[2J\u001B[5;5Hgarbage\r\n\ngarbage');
		await pty.waitFor('garbage');
		process.kill(pid, 'SIGCONT');
		await pty.waitFor(/^ready 100x24\nkeys: j$/);
		assert.ok(pty.bytes() > before);
	});
});

suite('lending the terminal', () => {
	test('a child gets every line typed into it, and the keys after it are ours', async t => {
		const directory = await mkdtemp(path.join(tmpdir(), 'cws-terminal-'));
		t.after(() => rm(directory, {recursive: true}));
		const log = path.join(directory, 'lines');
		const pty = await startApp(t, {FIXTURE_LOG: log});
		const expected: string[] = [];
		for (let round = 0; round < 3; round++) {
			await pty.press('s');
			await pty.waitFor(/^child$/m);
			for (let line = 0; line < 10; line++) {
				expected.push(`line-${round}-${line}`);
				await pty.type(`line-${round}-${line}`);
				await pty.press('enter');
			}

			// What follows the child's last line in the same write is typed ahead for us.
			pty.send('end\rj');
			expected.push('end');
			await pty.waitFor(new RegExp(`keys: ${'s j '.repeat(round + 1).trim()}`));
			assert.deepEqual((await readFile(log, 'utf8')).trim().split('\n'), expected);
		}
	});

	test('a line sent at the very moment the child starts is not split', async t => {
		const pty = await startApp(t);
		await pty.press('s');
		await pty.waitGone('ready');
		for (let line = 0; line < 5; line++) {
			pty.send(`line-${line}\r`);
		}

		pty.send('end\r');
		const text = await pty.waitFor('ready');
		assert.match(text, /keys: s$/m);
	});

	test('ctrl+c while a child has the terminal ends the child only', async t => {
		const pty = await startApp(t);
		await pty.press('s');
		await pty.waitFor(/^child$/m);
		await pty.press('ctrl+c');
		await pty.waitFor('keys: s');
		await pty.press('j');
		await pty.waitFor('keys: s j');
	});

	test('a child that is killed and leaves the mouse on does no harm', async t => {
		const pty = await startApp(t);
		await pty.press('p');
		await pty.waitFor('keys: p');
		await pty.press('k');
		await pty.waitFor('keys: p k');
		assert.equal(pty.modes().isMouseOn, false);
		assert.equal(pty.cellOf('keys').color, undefined);
	});
});

suite('job control', () => {
	test('ctrl+z gives the shell back as it was, and fg the dashboard', async t => {
		const pty = await startAppInShell(t);
		await pty.press('j', 'ctrl+z');
		await pty.waitFor('Stopped');
		assert.deepEqual(pty.modes(), {isAlternateScreen: false, isCursorVisible: true, isPasteBracketed: false, isMouseOn: false});
		await pty.type('echo "$((20 + 3)) in the shell"');
		await pty.press('enter');
		await pty.waitFor('23 in the shell');
		await pty.type('fg');
		await pty.press('enter');
		await pty.waitFor(/^ready 100x24\nkeys: j ctrl\+z$/);
		await pty.press('k');
		await pty.waitFor('keys: j ctrl+z k');
	});

	test('a stop from outside and fg bring back the keys and the whole screen', async t => {
		const pty = await startAppInShell(t);
		process.kill(appPid(pty), 'SIGSTOP');
		await pty.waitFor('Stopped');
		await pty.type('stty sane; fg');
		await pty.press('enter');
		await pty.waitFor(/^ready 100x24\nkeys:$/);
		await pty.press('k');
		await pty.waitFor(/^ready 100x24\nkeys: k$/);
	});

	test('where nobody could continue it, ctrl+z only draws again', async t => {
		const pty = await startApp(t);
		await pty.press('ctrl+z');
		await pty.waitFor(/^ready 100x24\nkeys: ctrl\+z$/);
		await pty.press('k');
		await pty.waitFor('keys: ctrl+z k');
	});
});

suite('every way out leaves a sane terminal', () => {
	test('a normal end, and what is printed after it stays in its place', async t => {
		const pty = await startApp(t);
		await pty.press('q');
		await assertSane(pty, 0);
		assert.match(pty.text(), /^before\ngoodbye\ncode=0$/m);
	});

	test('SIGTERM', async t => {
		const pty = await startApp(t);
		process.kill(appPid(pty), 'SIGTERM');
		await assertSane(pty, 143);
	});

	test('SIGHUP', async t => {
		const pty = await startApp(t);
		process.kill(appPid(pty), 'SIGHUP');
		await assertSane(pty, 129);
	});

	test('an exception nobody catches', async t => {
		const pty = await startApp(t);
		await pty.press('t');
		await assertSane(pty, 1);
	});

	for (const [name, code] of [
		['SIGKILL', 137],
		['SIGTERM', 143],
		['SIGSEGV', 139],
	] as const) {
		test(`${name} that nothing inside handles`, async t => {
			const go = path.join(freshHome(t), 'go');
			const pty = await startApp(t, {FIXTURE_SIGNALS: 'default', FIXTURE_GO: go});
			const pid = appPid(pty);
			const guard = guardPid(pid);
			process.kill(pid, name);
			await pty.waitFor('cws was killed; the terminal is reset.');
			await until(() => !isRunning(guard), 'the guard to end');
			await writeFile(go, '');
			await assertSane(pty, code);
		});
	}

	test('an abort of V8', async t => {
		const go = path.join(freshHome(t), 'go');
		const pty = await startApp(t, {FIXTURE_GO: go});
		const guard = guardPid(appPid(pty));
		await pty.press('x');
		await until(() => !isRunning(guard), 'the guard to end');
		await writeFile(go, '');
		await assertSane(pty, 134);
	});

	test('the guard ends with the program and leaves a child that has the terminal alone', async t => {
		const pty = await startApp(t);
		const pid = appPid(pty);
		const guard = guardPid(pid);
		await pty.press('v');
		await pty.waitFor('full-screen child');
		process.kill(pid, 'SIGKILL');
		await until(() => !isRunning(guard), 'the guard to end');
		await pty.waitFor('code=137');
		assert.equal(pty.modes().isAlternateScreen, true);
	});

	test('a window that is closed ends the program and its guard', async t => {
		const pty = await startApp(t);
		const pid = appPid(pty);
		const guard = guardPid(pid);
		await pty.close();
		await until(() => !isRunning(pid) && !isRunning(guard), 'the program and its guard to end');
	});
});
