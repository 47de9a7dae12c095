import {type Clock} from '../../core/ports/clock.ts';
import {type StateReading} from '../../core/ports/store.ts';
import {type ResourceRef} from '../../core/reference.ts';
import {type Database} from '../database.ts';
import {type StateStore} from '../state-store.ts';
import {createStateReadings} from './state-readings.ts';

const settleMs = 1000;
const beatMs = 60_000;
const batch = 1000;
const manyRows = 5000;
const pauseMs = 20;

export type StateRecorder = {
	/** Writes what has been seen up to now. */
	readonly record: () => Promise<void>;
	/** Writes changes soon after they are seen, and everything once a minute, so that the ledger knows that somebody looked. */
	readonly start: () => () => void;
};

type Options = {
	readonly database: Database;
	readonly clock: Clock;
	readonly state: StateStore;
	readonly isPlaceholder: (ref: ResourceRef) => boolean;
};

/**
Writes the ledger's raw material: what state and rate each resource is in. Only the recorder does. Many rows go in batches with
pauses, because each is copied on this thread; nobody presses keys meanwhile where it looks only once.
*/
export function createStateRecorder({database, clock, state, isPlaceholder}: Options): StateRecorder {
	const readings = createStateReadings(isPlaceholder);
	const stopping = new AbortController();
	let waiting: readonly StateReading[] = [];
	let writing: Promise<void> | undefined;
	let hasLedger = false;
	let cancelPass: (() => void) | undefined;
	let isFollowing = false;

	const write = async () => {
		while (waiting.length > 0 && !stopping.signal.aborted) {
			const part = waiting.slice(0, batch);
			waiting = waiting.slice(batch);
			await database(store => store.recordStates(part));
			if (waiting.length > 0 && isFollowing) {
				await clock.sleep(pauseMs, stopping.signal).catch(() => {});
			}
		}
	};

	// What ended while no cws ran would go on costing for ever: nobody saw it go.
	const readLedger = async () => {
		hasLedger = true;
		const now = clock.now();
		const open = await database(store => store.readIntervals({since: now, until: now + 1}));
		if (open.ok) {
			readings.expect(open.value.filter(({until}) => until === undefined));
		}
	};

	const pass = async (isBeat: boolean) => {
		cancelPass?.();
		cancelPass = undefined;
		if (!state.get().recorder.isMine) {
			return;
		}

		if (!hasLedger) {
			await readLedger();
		}

		// A beat that comes while the last is still being written would only say the same again.
		const isWhole = isBeat && waiting.length === 0;
		const live = state.flush().sources.filter(({isStale, seenAt}) => !isStale && seenAt !== undefined);
		for (const source of live) {
			for (const part of readings.of(source, clock.now(), isWhole)) {
				waiting = [...waiting, ...part];
				if (source.resources.length > manyRows && isFollowing) {
					await clock.sleep(0, stopping.signal).catch(() => {});
				}
			}
		}

		// What comes while the last batch is being written is written by those who brought it.
		while (waiting.length > 0 && !stopping.signal.aborted) {
			writing ??= write().finally(() => {
				writing = undefined;
			});
			await writing;
		}
	};

	return {
		record: async () => pass(false),
		start() {
			isFollowing = true;
			const unsubscribe = state.subscribe(() => {
				if (cancelPass === undefined && state.get().sources.some(source => readings.isChanged(source))) {
					cancelPass = clock.after(settleMs, () => void pass(false));
				}
			});
			const cancelBeat = clock.every(beatMs, () => void pass(true));
			return () => {
				stopping.abort();
				unsubscribe();
				cancelPass?.();
				cancelBeat();
			};
		},
	};
}
