import {type TerminalInput} from '../../core/plugin.ts';
import {type TerminalStdin} from './terminal-input.ts';

/** What is typed and how large the terminal becomes, as a session reads it. */
export type TypedInput = {
	/** Ends with the standard input, or with `end`. */
	readonly items: AsyncIterable<TerminalInput>;
	readonly resized: (size: {readonly columns: number; readonly rows: number}) => void;
	readonly end: () => void;
};

// One frame of the protocol is 4 MiB; so much of a paste goes in one, and beyond the other number we stop reading.
const itemBytes = 48 * 1024;
const heldBytes = 1024 * 1024;

/** Reads the standard input as fast as the far end takes it: what is held back is joined into few large items. */
export function createTypedInput(stdin: TerminalStdin, isLast: (bytes: Uint8Array) => boolean): TypedInput {
	let held: Buffer = Buffer.alloc(0);
	let size: {readonly columns: number; readonly rows: number} | undefined;
	let isOver = false;
	let wake = () => {};

	const onData = (chunk: string | Uint8Array) => {
		const bytes = Buffer.from(chunk as Uint8Array);
		if (isLast(bytes)) {
			isOver = true;
		} else {
			held = Buffer.concat([held, bytes]);
		}

		if (held.length > heldBytes) {
			stdin.pause();
		}

		wake();
	};

	const onEnd = () => {
		isOver = true;
		wake();
	};

	async function* items(): AsyncGenerator<TerminalInput, void> {
		for (;;) {
			if (size !== undefined) {
				const item = size;
				size = undefined;
				yield item;
			} else if (held.length > 0) {
				const data = held.subarray(0, itemBytes).toString('base64');
				held = held.subarray(itemBytes);
				if (!isOver && held.length === 0) {
					stdin.resume();
				}

				yield {data};
			} else if (isOver) {
				return;
			} else {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		}
	}

	stdin.on('data', onData);
	stdin.on('end', onEnd);
	stdin.resume();
	return {
		items: items(),
		resized(next) {
			size = next;
			wake();
		},
		end() {
			stdin.off('data', onData);
			stdin.off('end', onEnd);
			stdin.pause();
			onEnd();
		},
	};
}
