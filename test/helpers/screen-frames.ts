const begin = Buffer.from('\u001B[?2026h');
const end = Buffer.from('\u001B[?2026l');

/** Hands a program's bytes on in whole frames. */
export type Frames = {
	readonly push: (chunk: Uint8Array) => void;
	/** Hands on what is held back: nothing more can come. */
	readonly flush: () => void;
	/** Whether a frame has begun and not ended. */
	readonly isOpen: () => boolean;
};

/**
Does what a terminal with synchronized output (mode 2026) does: what a program draws between begin and end is shown at its end, at once.
Bytes come in reads of any size, so a screen that took each as it came would be seen in the middle of a row.
*/
export function createFrames(show: (bytes: Uint8Array) => void): Frames {
	let held = Buffer.alloc(0);
	let isOpen = false;

	const hand = (length: number) => {
		if (length > 0) {
			show(held.subarray(0, length));
			held = held.subarray(length);
		}
	};

	return {
		push(chunk) {
			held = Buffer.concat([held, chunk]);
			for (;;) {
				const mark = isOpen ? end : begin;
				const at = held.indexOf(mark);
				if (at === -1) {
					break;
				}

				hand(isOpen ? at + mark.length : at);
				isOpen = !isOpen;
			}

			if (!isOpen) {
				hand(held.length - startLength(held));
			}
		},
		flush() {
			hand(held.length);
			isOpen = false;
		},
		isOpen: () => isOpen,
	};
}

// How much of the end may be the first bytes of a begin.
function startLength(bytes: Buffer): number {
	for (let length = Math.min(begin.length - 1, bytes.length); length > 0; length--) {
		if (bytes.subarray(-length).equals(begin.subarray(0, length))) {
			return length;
		}
	}

	return 0;
}
