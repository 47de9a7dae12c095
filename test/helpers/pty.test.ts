import assert from 'node:assert/strict';
import {test} from 'node:test';
import {bytesOfKey} from './pty-keys.ts';
import {spawnPty} from './pty.ts';

test('a program is driven by keys and seen as a screen', async () => {
	const pty = spawnPty({
		command: 'sh',
		args: ['-c', 'printf "name? "; read -r name; printf "\\033[1;31mhello %s\\033[0m\\n" "$name"; read -r end'],
	});
	await pty.waitFor('name?');
	await pty.type('web-1');
	await pty.press('enter');
	await pty.waitFor(/^hello web-1$/m);
	assert.equal(pty.screen()[1], 'hello web-1');
	const {isBold, color} = pty.cellOf('hello web-1');
	assert.deepEqual({isBold, color}, {isBold: true, color: 'ansi1'});
	assert.ok(pty.bytes() > 20);
	await pty.press('ctrl+d');
	assert.deepEqual(await pty.exited, {exitCode: 1, signal: 0});
	await pty.close();
});

test('the size is the one asked for, and changes', async () => {
	const pty = spawnPty({
		command: 'sh',
		args: ['-c', 'stty size; read -r a; stty size; read -r b'],
		columns: 90,
		rows: 20,
	});
	await pty.waitFor('20 90');
	pty.resize(70, 15);
	await pty.press('enter');
	await pty.waitFor('15 70');
	pty.kill('SIGKILL');
	assert.equal((await pty.exited).signal, 9);
	await pty.close();
});

test('what a program switches on is known', async () => {
	const pty = spawnPty({
		command: 'sh',
		args: ['-c', 'printf "\\033[?1049h\\033[?25l\\033[?2004hon"; read -r end; printf "\\033[?2004l\\033[?25h\\033[?1049loff"; read -r end'],
	});
	await pty.waitFor('on');
	assert.deepEqual(pty.modes(), {isAlternateScreen: true, isCursorVisible: false, isPasteBracketed: true, isMouseOn: false});
	await pty.press('enter');
	await pty.waitFor('off');
	assert.deepEqual(pty.modes(), {isAlternateScreen: false, isCursorVisible: true, isPasteBracketed: false, isMouseOn: false});
	await pty.close();
});

test('a wait that fails shows the screen, and does not wait for a program that ended', async () => {
	const pty = spawnPty({command: 'sh', args: ['-c', 'echo all there is']});
	await assert.rejects(pty.waitFor('more'), /`more` cannot come any more[^]*ended with code 0[^]*all there is/);
	await pty.close();
});

test('keys become the bytes of a terminal', () => {
	assert.deepEqual(
		['ctrl+c', 'ctrl+[', 'alt+x', 'f12', 'ä'].map(key => bytesOfKey(key)),
		['\u0003', '\u001B', '\u001Bx', '\u001B[24~', 'ä'],
	);
	assert.throws(() => bytesOfKey('return'), /no terminal has a key `return`/);
});
