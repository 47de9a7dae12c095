import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {fill, openDashboard, pressButton} from './support/dashboard.ts';
import {jsonOf, runCws} from './support/run-cws.ts';
import {freshHome} from './support/start-cws.ts';

// Reads a line as an editor or a login would, and says in which terminal and directory it ran.
const dialog = 'stty size; pwd; printf "What is new? "; read -r line; echo "noted: $line"; printf "Enter: "; read -r rest; exit 3';

const manifest = {
	id: 'scribe',
	version: '1.0.0',
	title: 'Scribe',
	kind: 'system',
	api: 1,
	main: 'index.js',
	activation: ['onStartup'],
	permissions: {
		exec: [{id: 'note', command: 'sh', args: ['-c', dialog], tty: true, reason: 'Lets you write a note'}],
		ui: ['notify'],
	},
	contributes: {commands: [{name: 'scribe', short: 'Write a note', handler: 'note'}]},
};

const code = `let box;
module.exports = {
	initialize(context) { box = context; },
	commands: {
		async note() {
			const {code} = await box.exec.interactive('note');
			return {text: 'the program ended with ' + code};
		},
	},
};
`;

test('a program of a plugin gets the terminal when it was allowed to, says whose it is, and gives every key back', async t => {
	const home = freshHome(t);
	const folder = path.join(home, 'config/plugins/scribe');
	mkdirSync(folder, {recursive: true, mode: 0o700});
	writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify(manifest));
	writeFileSync(path.join(folder, 'index.js'), code);
	const pty = await openDashboard(t, {home});
	await pty.waitFor(/scribe +blocked/);
	await pty.press('1');
	await pty.press('enter');
	await pty.waitFor(/Allow this plugin\?[^]*on your terminal[^]*“Lets you write a note”/);
	await pressButton(pty, 'Allow');
	await pty.waitGone('Allow this plugin?');
	await pty.waitFor(/● scribe/);

	await pty.press(':');
	await pty.waitFor('Enter runs it');
	await fill(pty, 'scribe');
	await pty.waitFor('Write a note (scribe)');
	await pty.press('enter');
	// The whole terminal is the program's: its size, its echo, its interrupts.
	await pty.waitFor(/The plugin scribe runs `sh -c[^]*36 120\r?\n[^]*What is new\?/);
	assert.equal(pty.modes().isAlternateScreen, false);
	assert.equal(pty.modes().isCursorVisible, true);
	await pty.type('quick D keys');
	await pty.press('enter');
	await pty.waitFor('noted: quick D keys');
	await pty.press('enter');

	await pty.waitFor('the program ended with 3');
	assert.equal(pty.modes().isAlternateScreen, true);
	await pty.press('esc');
	await pty.waitGone('the program ended with 3');
	// Nothing of what was typed there was heard here, and what is typed now is.
	await pty.waitFor('2 Resources');
	assert.ok(!/Destroy|Deploy ─/.test(pty.text()));
	await pty.press('?');
	await pty.waitFor('Help');
	await pty.press('esc');
	await pty.waitGone('─ Help ─');

	// Where no dashboard is open there is no terminal to lend.
	const headless = await runCws(['scribe', '--json'], {home});
	assert.equal(jsonOf<{readonly error: {readonly code: string}}>(headless).error.code, 'CWS_NO_TTY');
});
