import {Readable} from 'node:stream';

/** What Ink takes for a keyboard: enough of a terminal that it starts, and nothing ever to read. */
export type InkStdin = Readable & {
	readonly isTTY: true;
	readonly setRawMode: (on: boolean) => InkStdin;
	readonly ref: () => InkStdin;
	readonly unref: () => InkStdin;
};

/**
The stdin Ink gets. It never sees the real one: Ink does not stop reading while a child has the terminal,
so a child would lose the first keys, and it knows no function keys. Keys come from `createTerminal` instead.
*/
export function createInkStdin(): InkStdin {
	const stream = new Readable({read() {}});
	return Object.assign(stream, {
		isTTY: true as const,
		setRawMode: () => stream as InkStdin,
		ref: () => stream as InkStdin,
		unref: () => stream as InkStdin,
	});
}
