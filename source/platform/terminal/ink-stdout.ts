import {EventEmitter} from 'node:events';
import {moveToRow, sequences} from './sequences.ts';

export type TerminalSize = {readonly columns: number; readonly rows: number};

export type TerminalStdout = NodeJS.WritableStream & {
	readonly isTTY?: boolean;
	readonly columns?: number;
	readonly rows?: number;
	readonly fd?: number;
};

/** The screen as Ink sees it. */
export type InkStdout = {
	/** For Ink's `stdout` option. */
	readonly stream: NodeJS.WriteStream;
	readonly size: () => TerminalSize;
	readonly onResize: (listener: (size: TerminalSize) => void) => () => void;
	/** Draws everything again after somebody else wrote on the screen. */
	readonly repaint: () => void;
	/** Drops what is written from now on and gives the sequences that undo what Ink switched on. */
	readonly close: () => string;
};

type Listener = (...values: readonly unknown[]) => void;
type Callback = (error?: Error | null) => void;

// The cursor stays where it was, behind a key that was echoed before we read keys or what a child left: Ink's first row would wrap there.
const enterAlternateScreen = '\u001B[?1049h';
const resizeWaitMs = 16;
const defaultSize: TerminalSize = {columns: 80, rows: 24};

/**
Stands between Ink and the terminal. A window that is dragged sends dozens of sizes a second and Ink lays out and draws for each,
so they are gathered; and what Ink switched on is watched, so that leaving undoes that and nothing else
(leaving an alternate screen that is left already moves the cursor).
*/
export function createInkStdout(stdout: TerminalStdout): InkStdout {
	const events = new EventEmitter().setMaxListeners(0);
	let size = sizeOf(stdout);
	let narrowest = size.columns;
	let hasMoved = false;
	let timer: NodeJS.Timeout | undefined;
	let isAlternate = false;
	let isCursorHidden = false;
	let isClosed = false;

	const write = (given: string | Uint8Array, encoding?: BufferEncoding | Callback, callback?: Callback): boolean => {
		const done = typeof encoding === 'function' ? encoding : callback;
		if (isClosed) {
			done?.();
			return true;
		}

		const chunk = typeof given === 'string' ? given.replaceAll(enterAlternateScreen, `${enterAlternateScreen}${moveToRow(1)}`) : given;
		if (typeof chunk === 'string' && chunk.includes('\u001B[?')) {
			isAlternate = lastMode(chunk, '\u001B[?1049') ?? isAlternate;
			isCursorHidden = !(lastMode(chunk, '\u001B[?25') ?? !isCursorHidden);
		}

		return stdout.write(chunk, done);
	};

	const repaint = () => {
		const {columns, rows} = size;
		// Ink knows no repaint. It forgets its last frame when the terminal gets narrower, and erases upwards from the last row.
		write(sequences.clearScreen + moveToRow(rows));
		size = {columns: columns - 1, rows};
		events.emit('resize');
		size = {columns, rows};
		events.emit('resize');
	};

	const settle = () => {
		timer = undefined;
		const next = sizeOf(stdout);
		const hasChanged = next.columns !== size.columns || next.rows !== size.rows;
		// Narrower and back within one wait: the terminal cut its rows and Ink must not believe they are whole.
		const isCut = narrowest < Math.min(size.columns, next.columns) || (hasMoved && !hasChanged);
		hasMoved = false;
		size = next;
		narrowest = next.columns;
		if (hasChanged) {
			events.emit('size', size);
			events.emit('resize');
		}

		// While a child has the screen it draws for itself.
		if (isCut && isAlternate) {
			repaint();
		}
	};

	const onStdoutResize = () => {
		narrowest = Math.min(narrowest, sizeOf(stdout).columns);
		timer ??= setTimeout(settle, resizeWaitMs);
	};

	// Node tells of a size when it looks and finds another: of one that came and went before that only the signal is left.
	const onWindowChange = () => {
		hasMoved = true;
		onStdoutResize();
	};

	stdout.on('resize', onStdoutResize);
	process.on('SIGWINCH', onWindowChange);
	return {
		stream: proxyOf(stdout, events, () => size, write),
		size: () => size,
		onResize(listener) {
			events.on('size', listener);
			return () => {
				events.off('size', listener);
			};
		},
		repaint,
		close() {
			isClosed = true;
			clearTimeout(timer);
			stdout.off('resize', onStdoutResize);
			process.off('SIGWINCH', onWindowChange);
			return `${isAlternate ? sequences.leaveAlternateScreen : ''}${isCursorHidden ? sequences.showCursor : ''}`;
		},
	};
}

function proxyOf(stdout: TerminalStdout, events: EventEmitter, size: () => TerminalSize, write: unknown): NodeJS.WriteStream {
	const proxy: unknown = new Proxy(stdout, {
		get(target, property) {
			switch (property) {
				case 'write': {
					return write;
				}

				case 'columns':
				case 'rows': {
					return size()[property];
				}

				case 'on':
				case 'addListener':
				case 'off':
				case 'removeListener': {
					return (name: string, listener: Listener) => {
						(name === 'resize' ? events : target)[property](name, listener);
						return proxy;
					};
				}

				default: {
					const value: unknown = Reflect.get(target, property, target);
					return typeof value === 'function' ? value.bind(target) : value;
				}
			}
		},
	});
	return proxy as NodeJS.WriteStream;
}

// A terminal that does not know its size says 0.
const sizeOf = ({columns, rows}: TerminalStdout): TerminalSize => ({
	columns: columns || defaultSize.columns,
	rows: rows || defaultSize.rows,
});

/** Whether the last switch of a mode in the text is on; undefined when there is none. */
function lastMode(text: string, prefix: string): boolean | undefined {
	const on = text.lastIndexOf(`${prefix}h`);
	const off = text.lastIndexOf(`${prefix}l`);
	return on === off ? undefined : on > off;
}
