import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runCws} from './support/run-cws.ts';
import {freshHome, startCws} from './support/start-cws.ts';

test('a key that is pressed before the first frame is answered by it', async t => {
	const pty = startCws(t, [], {columns: 120, rows: 36, env: {SHELL: '/bin/sh'}});
	// Bracketed paste is switched on with the raw mode, long before there is anything to see.
	await pty.waitUntil(() => pty.modes().isPasteBracketed, 'the keyboard to be read');
	pty.send('?');
	await pty.waitFor(/Help ─+ \d+ commands/);
});

test('a key that is typed before the keyboard is read leaves the header whole', async t => {
	const home = freshHome(t);
	// Its clock is the same before and behind a dialog: nothing draws it again by chance.
	await runCws(['theme', 'use', 'mono'], {home});
	const pty = startCws(t, [], {columns: 120, rows: 36, home, env: {SHELL: '/bin/sh'}});
	pty.send('?');
	await pty.waitFor(/Help ─+ \d+ commands/);
	assert.match(pty.screen()[0]!, /^ cws .* \d\d:\d\d *$/);
});
