import {writeSync} from 'node:fs';
import {type InputEvent} from '../../keymap/key-event.ts';
import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {clipboardSequence} from './clipboard.ts';
import {createInkStdin, type InkStdin} from './ink-stdin.ts';
import {createInkStdout, type TerminalSize, type TerminalStdout} from './ink-stdout.ts';
import {sequences} from './sequences.ts';
import {createTerminalInput, type TerminalStdin} from './terminal-input.ts';

export type TerminalOptions = {
	readonly stdin: TerminalStdin;
	readonly stdout: TerminalStdout;
	readonly environment: Readonly<Record<string, string | undefined>>;
};

/** The person's terminal: the one reader of the keyboard and the one place that leaves it as it was. */
export type Terminal = {
	/** For Ink's `stdin` and `stdout` options. */
	readonly inkStdin: InkStdin;
	readonly inkStdout: NodeJS.WriteStream;
	readonly size: () => TerminalSize;
	/** The first listener also gets what was typed since `start`. */
	readonly onInput: (listener: (event: InputEvent) => void) => () => void;
	/** At most one size per 16 ms, the last one always. */
	readonly onResize: (listener: (size: TerminalSize) => void) => () => void;
	/** The terminal went away: its window was closed or the connection broke. Called once. */
	readonly onGone: (listener: () => void) => () => void;
	/** Raw mode, bracketed paste, and keys from here on; also again when somebody stopped and continued the process. */
	readonly start: () => void;
	/** Leaves what is typed in the terminal, for a child that comes soon; until `resumeInput` or `suspendInput`. */
	readonly holdInput: () => void;
	/** Hands the keyboard to a child; await it before the child starts, and Ink's `suspendTerminal` around both. */
	readonly suspendInput: () => Promise<void>;
	readonly resumeInput: () => void;
	/** Puts text on the person's clipboard. */
	readonly copy: (text: string) => Outcome<void>;
	/** Leaves the terminal as it was, at once; every exit path may call it, and nothing Ink writes later gets through. */
	readonly restore: () => void;
};

const mostEarly = 64;

export function createTerminal({stdin, stdout, environment}: TerminalOptions): Terminal {
	const inputListeners = new Set<(event: InputEvent) => void>();
	const goneListeners = new Set<() => void>();
	const screen = createInkStdout(stdout);
	let state: 'new' | 'reading' | 'held' | 'suspended' | 'restored' = 'new';
	let isGone = false;

	// Keys from before anybody listens are for the first one who does.
	let early: InputEvent[] | undefined = [];

	const input = createTerminalInput(stdin, event => {
		if (early !== undefined) {
			early.push(event);
			// Somebody leans on a key while nothing can be seen: the rest would only surprise.
			early.length = Math.min(early.length, mostEarly);
		}

		for (const listener of inputListeners) {
			listener(event);
		}
	});

	const onStreamEnd = () => {
		if (isGone) {
			return;
		}

		isGone = true;
		for (const listener of goneListeners) {
			listener();
		}
	};

	const read = () => {
		state = 'reading';
		input.start();
		stdout.write(sequences.pasteOn);
	};

	const onContinue = () => {
		if (state === 'reading' || state === 'held') {
			input.restart();
			stdout.write(sequences.pasteOn);
			screen.repaint();
		}
	};

	return {
		inkStdin: createInkStdin(),
		inkStdout: screen.stream,
		size: screen.size,
		onInput(listener) {
			const waiting = early ?? [];
			early = undefined;
			waiting.forEach(event => listener(event));
			return subscribe(inputListeners, listener);
		},
		onResize: screen.onResize,
		onGone: listener => subscribe(goneListeners, listener),
		start() {
			if (state !== 'new') {
				return;
			}

			// A closed window ends the input; its output fails with EIO, which unheard would be an exception.
			stdin.on('end', onStreamEnd);
			stdin.on('error', onStreamEnd);
			stdout.on('error', onStreamEnd);
			process.on('SIGCONT', onContinue);
			read();
		},
		holdInput() {
			if (state === 'reading') {
				state = 'held';
				input.hold();
			}
		},
		async suspendInput() {
			if (state === 'reading' || state === 'held') {
				state = 'suspended';
				stdout.write(sequences.pasteOff);
				await input.stop();
			}
		},
		resumeInput() {
			if (state === 'suspended') {
				stdout.write(sequences.resetStyle + sequences.resetInputModes);
				read();
			} else if (state === 'held') {
				state = 'reading';
				input.start();
			}
		},
		copy(text) {
			if (stdout.isTTY !== true || environment['TERM'] === 'dumb') {
				return failed(failure('CWS_NOT_SUPPORTED', {message: 'This terminal has no clipboard.', fix: 'Select the text by hand.'}));
			}

			const sequence = clipboardSequence(text, environment);
			if (!sequence.ok) {
				return sequence;
			}

			stdout.write(sequence.value);
			return ok(undefined);
		},
		restore() {
			if (state === 'restored') {
				return;
			}

			const hasStarted = state !== 'new';
			state = 'restored';
			process.off('SIGCONT', onContinue);
			const undo = screen.close();
			input.close();
			writeNow(stdout, hasStarted ? `${sequences.pasteOff}${undo}${sequences.resetStyle}` : undo);
		},
	};
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
	};
}

// The process may end right behind this, so it must not wait in a stream's queue.
function writeNow(stdout: TerminalStdout, text: string): void {
	try {
		if (stdout.fd === undefined) {
			stdout.write(text);
		} else {
			writeSync(stdout.fd, text);
		}
	} catch {
		// The terminal is gone, or its other end does not read: there is nobody to restore it for.
	}
}
