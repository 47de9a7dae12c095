import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import {suite, test, type TestContext} from 'node:test';
import {formatKey, type InputEvent} from '../../../source/keymap/key-event.ts';
import {createTerminal, type Terminal} from '../../../source/platform/terminal/create-terminal.ts';

type Setup = {
	readonly terminal: Terminal;
	readonly stdin: PassThrough;
	readonly stdout: EventEmitter & {columns: number; rows: number};
	/** What was written, escape characters as `^`. */
	readonly written: () => string;
	readonly rawModes: readonly boolean[];
	readonly keys: readonly string[];
	/** Adds a listener; gives what it heard. */
	readonly heard: () => readonly string[];
};

function setup(t: TestContext, environment: Readonly<Record<string, string>> = {TERM: 'xterm-256color'}, isHeard = true): Setup {
	t.mock.timers.enable({apis: ['setTimeout']});
	let output = '';
	const rawModes: boolean[] = [];
	const keys: string[] = [];
	const stdin = new PassThrough();
	const fakeStdin = Object.assign(stdin, {
		isTTY: true,
		setRawMode: (isRaw: boolean) => {
			rawModes.push(isRaw);
		},
	});
	const stdout = Object.assign(new EventEmitter(), {
		isTTY: true,
		columns: 80,
		rows: 24,
		write(text: string, done?: () => void) {
			output += text;
			done?.();
			return true;
		},
	});
	const terminal = createTerminal({stdin: fakeStdin, stdout: stdout as unknown as NodeJS.WriteStream, environment});
	t.after(terminal.restore);
	const heard = (into: string[] = []) => {
		terminal.onInput(event => {
			into.push(shown(event));
		});
		return into;
	};
	if (isHeard) {
		heard(keys);
	}

	return {heard, terminal, stdin, stdout, written: () => output.replaceAll('\u001B', '^'), rawModes, keys};
}

const shown = (event: InputEvent): string => (event.type === 'key' ? formatKey(event.key) : `${event.type}:${event.text}`);
const nextTurn = () => new Promise(setImmediate);

suite('input', () => {
	test('keys come after start, and a lone esc after its wait', async t => {
		const {terminal, stdin, keys, rawModes, written} = setup(t);
		terminal.start();
		stdin.write('j\u001B');
		await nextTurn();
		assert.deepEqual(keys, ['j']);
		t.mock.timers.tick(25);
		assert.deepEqual(keys, ['j', 'esc']);
		assert.deepEqual(rawModes, [true]);
		assert.equal(written(), '^[?2004h');
	});

	test('keys from before anybody listens go to the first listener, once and in order', async t => {
		const {terminal, stdin, heard} = setup(t, undefined, false);
		terminal.start();
		stdin.write('?');
		await nextTurn();
		stdin.write('pq');
		await nextTurn();
		const [first, second] = [heard(), heard()];
		assert.deepEqual(first, ['?', 'p', 'q']);
		stdin.write('j');
		await nextTurn();
		assert.deepEqual([first, second], [['?', 'p', 'q', 'j'], ['j']]);
	});

	test('a sequence cut by a slow link is one key', async t => {
		const {terminal, stdin, keys} = setup(t);
		terminal.start();
		stdin.write('\u001B[1;');
		await nextTurn();
		t.mock.timers.tick(200);
		stdin.write('5A');
		await nextTurn();
		assert.deepEqual(keys, ['ctrl+up']);
	});

	test('a listener that left hears nothing', async t => {
		const {terminal, stdin, keys} = setup(t);
		let heard = 0;
		const leave = terminal.onInput(() => {
			heard++;
		});
		leave();
		terminal.start();
		stdin.write('j');
		await nextTurn();
		assert.deepEqual([heard, keys], [0, ['j']]);
	});

	test('while suspended nothing is read, and what was typed then comes after', async t => {
		const {terminal, stdin, keys, rawModes} = setup(t);
		terminal.start();
		await terminal.suspendInput();
		stdin.write('x');
		await nextTurn();
		assert.deepEqual(keys, []);
		terminal.resumeInput();
		await nextTurn();
		assert.deepEqual(keys, ['x']);
		assert.deepEqual(rawModes, [true, false, true]);
	});

	test('while held nothing is read either, and the terminal stays raw until somebody takes it', async t => {
		const {terminal, stdin, keys, rawModes} = setup(t);
		terminal.start();
		terminal.holdInput();
		stdin.write('x');
		await nextTurn();
		assert.deepEqual(keys, []);
		assert.deepEqual(rawModes, [true]);
		terminal.resumeInput();
		await nextTurn();
		assert.deepEqual(keys, ['x']);
		terminal.holdInput();
		await terminal.suspendInput();
		assert.equal(rawModes.at(-1), false);
		terminal.resumeInput();
		assert.equal(rawModes.at(-1), true);
	});

	test('ink gets a stdin that is a terminal and never has anything to read', t => {
		const {inkStdin} = setup(t).terminal;
		assert.equal(inkStdin.isTTY, true);
		assert.equal(inkStdin.setRawMode(true).ref().unref(), inkStdin);
		assert.equal(inkStdin.read(), null);
	});

	test('the end of the input and a failing output say once that the terminal is gone', async t => {
		const {terminal, stdin, stdout} = setup(t);
		let times = 0;
		terminal.onGone(() => {
			times++;
		});
		terminal.start();
		stdin.end();
		await nextTurn();
		stdout.emit('error', new Error('EIO'));
		assert.equal(times, 1);
	});
});

suite('size', () => {
	test('a storm of sizes becomes one, for Ink and for us', t => {
		const {terminal, stdout} = setup(t);
		const sizes: unknown[] = [];
		let inkResizes = 0;
		terminal.onResize(size => {
			sizes.push(size);
		});
		terminal.inkStdout.on('resize', () => {
			inkResizes++;
		});
		for (let columns = 81; columns <= 100; columns++) {
			stdout.columns = columns;
			stdout.emit('resize');
		}

		assert.equal(terminal.inkStdout.columns, 80);
		t.mock.timers.tick(16);
		assert.deepEqual(sizes, [{columns: 100, rows: 24}]);
		assert.equal(inkResizes, 1);
		assert.equal(terminal.inkStdout.columns, 100);
		assert.deepEqual(terminal.size(), {columns: 100, rows: 24});
	});

	test('a size that came and went before anybody looked draws the whole screen again, unless a child has it', t => {
		const {terminal, written} = setup(t);
		process.emit('SIGWINCH');
		t.mock.timers.tick(16);
		assert.equal(written(), '');
		terminal.inkStdout.write('\u001B[?1049h');
		const widths: unknown[] = [];
		terminal.inkStdout.on('resize', () => {
			widths.push(terminal.inkStdout.columns);
		});
		process.emit('SIGWINCH');
		t.mock.timers.tick(16);
		assert.equal(written(), '^[?1049h^[1;1H^[2J^[24;1H');
		assert.deepEqual(widths, [79, 80]);
	});

	test('a terminal that does not know its size counts as 80×24', t => {
		const {terminal, stdout} = setup(t);
		Object.assign(stdout, {columns: 0, rows: undefined});
		stdout.emit('resize');
		t.mock.timers.tick(16);
		assert.deepEqual(terminal.size(), {columns: 80, rows: 24});
	});
});

test('the alternate screen begins in its first cell, wherever a key that was echoed or a child left the cursor', t => {
	const {terminal, written} = setup(t);
	terminal.inkStdout.write('\u001B[?1049h');
	terminal.inkStdout.write('frame');
	assert.equal(written(), '^[?1049h^[1;1Hframe');
});

suite('restore', () => {
	test('undoes what was switched on, once, and lets nothing through afterwards', t => {
		const {terminal, written, rawModes} = setup(t);
		terminal.inkStdout.write('\u001B[?1049h\u001B[?25lframe');
		terminal.start();
		terminal.restore();
		terminal.restore();
		terminal.inkStdout.write('\u001B[?1049l');
		assert.equal(written(), '^[?1049h^[1;1H^[?25lframe^[?2004h^[?2004l^[?1049l^[?25h^[0m');
		assert.deepEqual(rawModes, [true, false]);
	});

	test('leaves the alternate screen alone when Ink has left it', t => {
		const {terminal, written} = setup(t);
		terminal.start();
		terminal.inkStdout.write('\u001B[?1049h\u001B[?25l');
		terminal.inkStdout.write('\u001B[?1049l\u001B[?25h');
		terminal.restore();
		assert.match(written(), /\^\[\?25h\^\[\?2004l\^\[0m$/);
	});

	test('writes nothing when nothing was started', t => {
		const {terminal, written, rawModes} = setup(t);
		terminal.restore();
		assert.equal(written(), '');
		assert.deepEqual(rawModes, []);
	});

	test('a terminal that is gone is no error', t => {
		const {terminal, stdout} = setup(t);
		terminal.start();
		Object.assign(stdout, {
			write() {
				throw new Error('EIO');
			},
		});
		assert.doesNotThrow(terminal.restore);
	});
});

suite('copy', () => {
	test('puts text on the clipboard by OSC 52', t => {
		const {terminal, written} = setup(t);
		assert.deepEqual(terminal.copy('wäb'), {ok: true, value: undefined});
		assert.equal(written(), '^]52;c;d8OkYg==\u0007');
	});

	test('goes through tmux in both ways tmux may be set up', t => {
		const {terminal, written} = setup(t, {TERM: 'tmux-256color', TMUX: '/tmp/tmux,1,0'});
		terminal.copy('a');
		assert.equal(written(), '^]52;c;YQ==\u0007^Ptmux;^^]52;c;YQ==\u0007^\\');
	});

	test('refuses what terminals would drop without a word', t => {
		const {terminal, written} = setup(t);
		assert.ok(terminal.copy('x'.repeat(74_994)).ok);
		const before = written();
		const refused = terminal.copy('ä'.repeat(40_000));
		assert.equal(!refused.ok && refused.error.code, 'CWS_NOT_SUPPORTED');
		assert.equal(written(), before);
	});

	test('refuses on a terminal that can nothing', t => {
		const {terminal, written} = setup(t, {TERM: 'dumb'});
		assert.equal(terminal.copy('a').ok, false);
		assert.equal(written(), '');
	});
});
