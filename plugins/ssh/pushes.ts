import {type ResourceChange} from 'cws/sdk';

/** What is told to the host between its lists, as long as it listens. */
export type Pushes = {
	readonly push: (change: ResourceChange) => void;
	/** Pushes later, once, however often it is asked for meanwhile. */
	readonly pushLater: (change: ResourceChange, ms: number) => void;
	/** Everything that is pushed, until the signal. */
	readonly follow: (signal: AbortSignal) => AsyncGenerator<readonly ResourceChange[]>;
	readonly end: () => void;
};

export function createPushes(): Pushes {
	const listeners = new Set<(change: ResourceChange) => void>();
	let timer: NodeJS.Timeout | undefined;

	const push = (change: ResourceChange) => {
		for (const listener of listeners) {
			listener(change);
		}
	};

	return {
		push,
		pushLater(change, ms) {
			clearTimeout(timer);
			timer = setTimeout(push, ms, change);
			timer.unref();
		},
		async *follow(signal) {
			let changes: ResourceChange[] = [];
			let wake = () => {};
			const listener = (change: ResourceChange) => {
				changes.push(change);
				wake();
			};
			const stop = () => {
				wake();
			};
			listeners.add(listener);
			signal.addEventListener('abort', stop, {once: true});
			try {
				while (!signal.aborted) {
					if (changes.length === 0) {
						await new Promise<void>(resolve => {
							wake = resolve;
						});
					} else {
						const batch = changes;
						changes = [];
						yield batch;
					}
				}
			} finally {
				listeners.delete(listener);
				signal.removeEventListener('abort', stop);
			}
		},
		end() {
			clearTimeout(timer);
		},
	};
}
