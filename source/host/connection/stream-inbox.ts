import {type Failure} from '../../core/failure/failure.ts';
import {type FrameBody, frameLimits} from '../protocol/frame.ts';

type Next = {readonly kind: 'chunk'; readonly body: FrameBody | undefined} | {readonly kind: 'end'; readonly reason?: Failure};

/** Chunks of one stream between their arrival and the reader; never more than the window, and parsed only when they are read. */
export type StreamInbox = {
	/** False when the sender had no credit for it. */
	readonly push: (body: FrameBody | undefined) => boolean;
	/** The sender is done; what came before is still read. */
	readonly finish: (reason?: Failure) => void;
	/** Ends at once: what came before is dropped. */
	readonly end: (reason: Failure) => void;
	readonly take: () => Promise<Next>;
	readonly credit: () => void;
	readonly isFinished: () => boolean;
};

export function createInbox(): StreamInbox {
	const chunks: (FrameBody | undefined)[] = [];
	let credits: number = frameLimits.window;
	let isFinished = false;
	let ended: Next | undefined;
	let wake = () => {};
	return {
		push(body) {
			credits--;
			chunks.push(body);
			wake();
			return credits >= 0;
		},
		finish(reason) {
			isFinished = true;
			ended ??= {kind: 'end', ...(reason && {reason})};
			wake();
		},
		end(reason) {
			chunks.length = 0;
			ended ??= {kind: 'end', reason};
			wake();
		},
		async take() {
			for (;;) {
				if (chunks.length > 0) {
					return {kind: 'chunk', body: chunks.shift()};
				}

				if (ended !== undefined) {
					return ended;
				}

				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		},
		credit() {
			credits++;
		},
		isFinished: () => isFinished,
	};
}
