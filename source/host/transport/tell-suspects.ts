import {type Clock} from '../../core/ports/clock.ts';
import {type OpenTransport} from './transport.ts';

/** Who may be about to take the whole process along: the engine can abort it before a watchdog ends the plugin. */
export type SuspectBook = {
	readonly add: (plugin: string) => void;
	readonly remove: (plugin: string) => void;
};

const lookMs = 100;
const growthBytes = 128 * 1024 * 1024;

/**
A transport whose plugin is written into the book while it gives no statistics and this process grows, and taken out when it gives
some again or has ended. What is still in the book of a dead process is who it died of.
*/
export const tellSuspects =
	(
		open: OpenTransport,
		{book, clock, residentBytes}: {readonly book: SuspectBook; readonly clock: Pick<Clock, 'after'>; readonly residentBytes: () => number},
	): OpenTransport =>
	setup => {
		const transport = open(setup);
		let isSuspect = false;
		let isEnding = false;
		const clear = () => {
			if (isSuspect) {
				isSuspect = false;
				book.remove(setup.id);
			}
		};

		return {
			...transport,
			async stats() {
				const before = residentBytes();
				let stop = () => {};
				const look = () => {
					if (!isSuspect && residentBytes() - before > growthBytes) {
						isSuspect = true;
						book.add(setup.id);
					}

					if (!isEnding) {
						stop = clock.after(lookMs, look);
					}
				};

				stop = clock.after(lookMs, look);
				try {
					const stats = await transport.stats();
					clear();
					return stats;
				} finally {
					stop();
				}
			},
			async kill() {
				isEnding = true;
				const took = await transport.kill();
				clear();
				return took;
			},
		};
	};
