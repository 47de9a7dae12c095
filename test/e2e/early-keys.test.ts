import {test} from 'node:test';
import {startCws} from './support/start-cws.ts';

test('a key that is pressed before the first frame is answered by it', async t => {
	const pty = startCws(t, [], {columns: 120, rows: 36, env: {SHELL: '/bin/sh'}});
	// Bracketed paste is switched on with the raw mode, long before there is anything to see.
	await pty.waitUntil(() => pty.modes().isPasteBracketed, 'the keyboard to be read');
	pty.send('?');
	await pty.waitFor(/Help ─+ \d+ commands/);
});
