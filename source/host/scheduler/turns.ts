/** Lets so many works go on at once; the others wait in their order. One whose signal comes while it waits is not begun: undefined. */
export type InTurn = <Value>(signal: AbortSignal, work: () => Promise<Value>) => Promise<Value | undefined>;

export function createTurns(most: number): InTurn {
	const waiting: (() => void)[] = [];
	let places = most;

	function place(signal: AbortSignal): Promise<boolean> | boolean {
		if (places > 0) {
			places--;
			return true;
		}

		return new Promise(resolve => {
			const go = () => {
				signal.removeEventListener('abort', leave);
				resolve(true);
			};
			const leave = () => {
				waiting.splice(waiting.indexOf(go), 1);
				resolve(false);
			};

			waiting.push(go);
			signal.addEventListener('abort', leave, {once: true});
		});
	}

	return async (signal, work) => {
		if (signal.aborted || !(await place(signal))) {
			return undefined;
		}

		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next === undefined) {
				places++;
			} else {
				next();
			}
		}
	};
}
