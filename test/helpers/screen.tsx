import {Writable} from 'node:stream';
import {setImmediate as nextTurn} from 'node:timers/promises';
import chalk from 'chalk';
import {render, type Instance} from 'ink';
import {type ReactNode} from 'react';
import {createInkStdin} from '../../source/platform/terminal/ink-stdin.ts';
import {cellOf, cellOfText, createXterm, framed, rowsOf, textOf, type Cell, type XtermTerminal} from './screen-cells.ts';

export type Screen = {
	/** Waits until nothing more is drawn, then the visible text without trailing blanks. */
	readonly settled: () => Promise<string>;
	/** The visible text as of the last `settled`. */
	readonly text: () => string;
	readonly rows: () => readonly string[];
	/** Zero-based. */
	readonly cell: (row: number, column: number) => Cell;
	/** The cell where a text first starts: `screen.cellOf('web-1').isInverse`. */
	readonly cellOf: (text: string) => Cell;
	/** The screen in a frame, for messages. */
	readonly framed: () => string;
	readonly rerender: (node: ReactNode) => void;
	readonly resize: (size: ScreenSize) => void;
	/** Bytes written so far. */
	readonly bytes: () => number;
	readonly unmount: () => void;
	readonly app: Instance;
};

export type ScreenSize = {readonly columns: number; readonly rows: number};

type FakeStdout = Writable & {isTTY: true; columns: number; rows: number};

// The test runner sets FORCE_COLOR to its own level in every test process, and Ink reads chalk's level when it is imported.
chalk.level = 3;

/** Draws a node with Ink as the program does (alternate screen, incremental) on a terminal of the given size. */
export function renderScreen(node: ReactNode, size: ScreenSize): Screen {
	const terminal = createXterm(size, true);
	let bytes = 0;
	const stdout = createStdout(terminal, size, count => {
		bytes += count;
	});
	const app = render(node, {
		stdout,
		stderr: stdout,
		stdin: createInkStdin(),
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		patchConsole: false,
		maxFps: 1000,
	});
	return {
		async settled() {
			// State set in an effect or a microtask draws again, so two turns in a row must stay silent.
			for (let quiet = 0; quiet < 2;) {
				const before = bytes;
				await app.waitUntilRenderFlush();
				await nextTurn();
				await drained(terminal);
				quiet = bytes === before ? quiet + 1 : 0;
			}

			return textOf(terminal);
		},
		text: () => textOf(terminal),
		rows: () => rowsOf(terminal),
		cell: (row, column) => cellOf(terminal, row, column),
		cellOf: text => cellOfText(terminal, text),
		framed: () => framed(terminal),
		rerender: next => {
			app.rerender(next);
		},
		resize({columns, rows}) {
			terminal.resize(columns, rows);
			Object.assign(stdout, {columns, rows});
			stdout.emit('resize');
		},
		bytes: () => bytes,
		unmount: () => {
			app.unmount();
			app.cleanup();
			terminal.dispose();
		},
		app,
	};
}

function createStdout(terminal: XtermTerminal, {columns, rows}: ScreenSize, onWrite: (bytes: number) => void): FakeStdout {
	const stream = new Writable({
		decodeStrings: false,
		write(chunk: string | Uint8Array, _encoding, done) {
			onWrite(Buffer.byteLength(chunk));
			terminal.write(chunk);
			done();
		},
	});
	return Object.assign(stream, {isTTY: true as const, columns, rows});
}

const drained = (terminal: XtermTerminal): Promise<void> =>
	new Promise(resolve => {
		terminal.write('', resolve);
	});
