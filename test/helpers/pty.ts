import {spawn} from '@lydell/node-pty';
import {setTimeout as delay} from 'node:timers/promises';
import {bytesOfKey} from './pty-keys.ts';
import {cellOf, cellOfText, createXterm, framed, rowsOf, textOf, type Cell} from './screen-cells.ts';
import {createFrames} from './screen-frames.ts';

export type PtyOptions = {
	readonly command: string;
	readonly args?: readonly string[];
	readonly columns?: number;
	readonly rows?: number;
	readonly cwd?: string;
	/** Added to a small environment of its own; nothing of the test run leaks in. */
	readonly env?: Readonly<Record<string, string>>;
};

export type PtyExit = {readonly exitCode: number; readonly signal: number};

/** A program in a real pseudo-terminal, seen as a person sees it: never in the middle of a frame. */
export type Pty = {
	readonly pid: number;
	/** Presses keys one after the other: `press('down', 'ctrl+c', 'D', 'esc')`. */
	readonly press: (...keys: readonly string[]) => Promise<void>;
	/** Types as a person does, one character at a time. */
	readonly type: (text: string) => Promise<void>;
	/** Sends bytes in one write, as a paste without brackets arrives. */
	readonly send: (bytes: string) => void;
	/** Sends a paste with brackets when the program asked for them. */
	readonly paste: (text: string) => void;
	/** Waits until the text is on the screen and gives the screen; fails with a picture of it. */
	readonly waitFor: (wanted: string | RegExp, options?: WaitOptions) => Promise<string>;
	readonly waitGone: (unwanted: string | RegExp, options?: WaitOptions) => Promise<string>;
	/** Waits until anything about the screen holds. */
	readonly waitUntil: (condition: () => boolean, what: string, options?: WaitOptions) => Promise<void>;
	/** Waits until nothing was written for that long. */
	readonly waitQuiet: (quietMs?: number) => Promise<void>;
	/** The visible rows without the blanks at their ends. */
	readonly screen: () => readonly string[];
	readonly text: () => string;
	/** Zero-based. */
	readonly cell: (row: number, column: number) => Cell;
	/** The cell where a text first starts. */
	readonly cellOf: (text: string) => Cell;
	/** What the program left switched on. */
	readonly modes: () => {
		readonly isAlternateScreen: boolean;
		readonly isCursorVisible: boolean;
		readonly isPasteBracketed: boolean;
		readonly isMouseOn: boolean;
	};
	/** Bytes the program wrote so far. */
	readonly bytes: () => number;
	readonly resize: (columns: number, rows: number) => void;
	readonly kill: (signal?: NodeJS.Signals) => void;
	readonly exited: Promise<PtyExit>;
	/** Ends the program if it still runs. */
	readonly close: () => Promise<void>;
};

export type WaitOptions = {readonly timeoutMs?: number};

// A wait ends as soon as its condition holds, so only a failure costs this; a slow machine needs it.
const defaultTimeoutMs = 45_000;
// Longer than any program waits before a lone ESC is the key and not the start of a sequence.
const escapeMs = 60;
// How long at most until a program that hears ESC says something; one that draws nothing for it costs this.
const escapeAnswerMs = 2000;
const pollMs = 10;

/** Runs a program in a pseudo-terminal of 120×40 unless told otherwise. */
export function spawnPty({command, args = [], columns = 120, rows = 40, cwd, env}: PtyOptions): Pty {
	const terminal = createXterm({columns, rows}, false);
	const frames = createFrames(part => terminal.write(part));
	const child = spawn(command, [...args], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		encoding: null,
		...(cwd !== undefined && {cwd}),
		env: {
			PATH: process.env['PATH'],
			HOME: process.env['HOME'],
			LANG: 'C.UTF-8',
			TERM: 'xterm-256color',
			COLORTERM: 'truecolor',
			TZ: 'UTC',
			...env,
		},
	});
	let bytes = 0;
	let lastWrite = performance.now();
	let isCursorVisible = true;
	let exit: PtyExit | undefined;
	// With `encoding: null` the data are bytes, whatever the types say.
	child.onData(data => {
		bytes += data.length;
		lastWrite = performance.now();
		frames.push(data as unknown as Uint8Array);
	});
	// A terminal answers what a program asks it.
	terminal.onData(answer => {
		if (exit === undefined) {
			child.write(answer);
		}
	});
	for (const final of ['h', 'l'] as const) {
		terminal.parser.registerCsiHandler({prefix: '?', final}, parameters => {
			if (parameters.includes(25)) {
				isCursorVisible = final === 'h';
			}

			return false;
		});
	}

	const exited = new Promise<PtyExit>(resolve => {
		child.onExit(({exitCode, signal = 0}) => {
			frames.flush();
			// The terminal takes what is written a little later; whoever looks after the end sees all of it.
			terminal.write('', () => {
				exit = {exitCode, signal};
				resolve(exit);
			});
		});
	});

	const picture = (): string => {
		const state = exit === undefined ? 'running' : `ended with code ${exit.exitCode}, signal ${exit.signal}`;
		return `${[command, ...args].join(' ')} is ${state}; the screen${frames.isOpen() ? ' before a frame that never ended' : ''}:\n${framed(terminal)}`;
	};

	const waitUntil = async (condition: () => boolean, what: string, {timeoutMs = defaultTimeoutMs}: WaitOptions = {}): Promise<void> => {
		const deadline = performance.now() + timeoutMs;
		while (!condition()) {
			const hasEnded = exit !== undefined;
			if (performance.now() > deadline) {
				throw new Error(`waited ${timeoutMs} ms for ${what}; ${picture()}`);
			}

			await delay(pollMs);
			// The last bytes may come after the exit, so one more look is due before giving up.
			if (hasEnded && performance.now() - lastWrite > 100 && !condition()) {
				throw new Error(`${what} cannot come any more; ${picture()}`);
			}
		}
	};

	const isShown = (wanted: string | RegExp): boolean => {
		const text = textOf(terminal);
		return typeof wanted === 'string' ? text.includes(wanted) : new RegExp(wanted).test(text);
	};

	return {
		pid: child.pid,
		async press(...keys) {
			for (const key of keys) {
				const before = bytes;
				child.write(bytesOfKey(key));
				await delay(key === 'esc' ? escapeMs : 1);
				// A busy program may not have read it yet, and with the next key in the same read it would be alt and that key.
				if (key === 'esc') {
					await waitUntil(() => bytes > before, 'an answer', {timeoutMs: escapeAnswerMs}).catch(() => {});
				}
			}
		},
		async type(text) {
			for (const character of text) {
				child.write(character);
				await delay(2);
			}
		},
		send(text) {
			child.write(text);
		},
		paste(text) {
			child.write(terminal.modes.bracketedPasteMode ? `\u001B[200~${text}\u001B[201~` : text);
		},
		async waitFor(wanted, options) {
			await waitUntil(() => isShown(wanted), `\`${String(wanted)}\``, options);
			return textOf(terminal);
		},
		async waitGone(unwanted, options) {
			await waitUntil(() => !isShown(unwanted), `\`${String(unwanted)}\` to go`, options);
			return textOf(terminal);
		},
		waitUntil,
		async waitQuiet(quietMs = 150) {
			for (const deadline = performance.now() + defaultTimeoutMs; performance.now() - lastWrite < quietMs; await delay(pollMs)) {
				if (performance.now() > deadline) {
					throw new Error(`never ${quietMs} ms without a byte; ${picture()}`);
				}
			}
		},
		screen: () => rowsOf(terminal),
		text: () => textOf(terminal),
		cell: (row, column) => cellOf(terminal, row, column),
		cellOf: text => cellOfText(terminal, text),
		modes: () => ({
			isAlternateScreen: terminal.buffer.active.type === 'alternate',
			isCursorVisible,
			isPasteBracketed: terminal.modes.bracketedPasteMode,
			isMouseOn: terminal.modes.mouseTrackingMode !== 'none',
		}),
		bytes: () => bytes,
		resize(newColumns, newRows) {
			terminal.resize(newColumns, newRows);
			child.resize(newColumns, newRows);
		},
		kill(signal = 'SIGTERM') {
			process.kill(child.pid, signal);
		},
		exited,
		async close() {
			if (exit === undefined) {
				child.kill('SIGKILL');
				await exited;
			}

			terminal.dispose();
		},
	};
}
