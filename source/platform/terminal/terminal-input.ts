import {createKeyParser} from '../../keymap/parse-keys.ts';
import {type InputEvent} from '../../keymap/key-event.ts';

export type TerminalStdin = NodeJS.ReadableStream & {
	readonly isTTY?: boolean;
	readonly isRaw?: boolean;
	readonly setRawMode?: (isRaw: boolean) => unknown;
};

export type TerminalInput = {
	readonly start: () => void;
	/** Raw mode again, after a shell set the terminal up for itself. */
	readonly restart: () => void;
	/** Reads no further: what is typed waits in the terminal, unseen, for `start` or for whoever reads after `stop`. */
	readonly hold: () => void;
	/** Raw mode off and the descriptor really unread: resolves when a child gets every byte from here on. */
	readonly stop: () => Promise<void>;
	/** What `stop` does, at once and for good. */
	readonly close: () => void;
};

/** Reads the keyboard: raw bytes in, keys out. */
export function createTerminalInput(stdin: TerminalStdin, onEvent: (event: InputEvent) => void): TerminalInput {
	const parser = createKeyParser();
	let timer: NodeJS.Timeout | undefined;
	let isReading = false;
	let isHeld = false;

	const deliver = (events: readonly InputEvent[]) => {
		for (const event of events) {
			onEvent(event);
		}
	};

	const flush = () => {
		deliver(parser.flush());
	};

	const onData = (chunk: string | Uint8Array) => {
		clearTimeout(timer);
		deliver(parser.push(chunk));
		const wait = parser.waitMs();
		timer = wait === 0 ? undefined : setTimeout(flush, wait);
	};

	const leave = () => {
		clearTimeout(timer);
		flush();
		isReading = false;
		isHeld = false;
		stdin.pause();
		// Whoever reads next is the only one who does.
		stdin.off('data', onData);
	};

	const pause = () => {
		setRawMode(stdin, false);
		leave();
	};

	return {
		hold() {
			leave();
			isHeld = true;
		},
		start() {
			isReading = true;
			isHeld = false;
			setRawMode(stdin, true);
			stdin.on('data', onData);
			stdin.resume();
		},
		restart() {
			// Node believes the terminal is raw still, and would do nothing.
			setRawMode(stdin, false);
			setRawMode(stdin, true);
		},
		async stop() {
			if (isReading || isHeld) {
				pause();
			}

			// Node stops reading the descriptor in a later tick, and until then it would take a child's first keys.
			await new Promise(setImmediate);
		},
		close() {
			if (isReading) {
				pause();
			} else if (stdin.isRaw === true) {
				// A session that borrowed the keyboard is still at it.
				setRawMode(stdin, false);
			}
		},
	};
}

// The terminal may be gone by now, and there is nothing else to do about it.
function setRawMode(stdin: TerminalStdin, isRaw: boolean): void {
	try {
		stdin.setRawMode?.(isRaw);
	} catch {}
}
