import {hourlyOf} from '../../core/cost.ts';
import {free, type Money} from '../../core/money.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type StateReading} from '../../core/ports/store.ts';
import {type ResourceRef} from '../../core/reference.ts';
import {type Resource} from '../../core/resource.ts';
import {type Database} from '../database.ts';
import {type SourceState} from '../state.ts';
import {type StateStore} from '../state-store.ts';

const settleMs = 1000;
const beatMs = 60_000;
const batch = 1000;
const pauseMs = 20;

type Options = {
	readonly database: Database;
	readonly clock: Clock;
	readonly state: StateStore;
	readonly isPlaceholder: (ref: ResourceRef) => boolean;
};

/**
Writes the ledger's raw material: what state and rate each resource is in. Changes soon after they are seen, everything once a
minute, so that the ledger knows that somebody looked. Many rows go in batches with pauses, because each is copied on this thread.
*/
export function startRecordingStates({database, clock, state, isPlaceholder}: Options): () => void {
	const recorded = new Map<string, {rows: readonly Resource[]; readonly byRef: Map<ResourceRef, Resource>}>();
	let waiting: readonly StateReading[] = [];
	let isWriting = false;
	let cancelPass: (() => void) | undefined;
	const stopping = new AbortController();

	const readingsOf = ({key, resources, seenAt = 0}: SourceState, isBeat: boolean): StateReading[] => {
		const known = recorded.get(key) ?? {rows: [], byRef: new Map<ResourceRef, Resource>()};
		recorded.set(key, known);
		if (known.rows === resources && !isBeat) {
			return [];
		}

		known.rows = resources;
		const readings: StateReading[] = [];
		let present = 0;
		for (const row of resources) {
			const before = known.byRef.get(row.ref);
			present += before ? 1 : 0;
			// Rows of a part that did not answer say nothing about now.
			if (row.seenAt < seenAt || isPlaceholder(row.ref) || (!isBeat && before && isSameRate(before, row))) {
				continue;
			}

			present += before ? 0 : 1;
			known.byRef.set(row.ref, row);
			readings.push(readingOf(row, hourlyOf(row), isBeat ? clock.now() : row.seenAt));
		}

		return known.byRef.size > present ? [...readings, ...goneReadings(known.byRef, resources)] : readings;
	};

	const goneReadings = (byRef: Map<ResourceRef, Resource>, resources: readonly Resource[]): StateReading[] => {
		const present = new Set(resources.map(({ref}) => ref));
		return [...byRef.values()]
			.filter(({ref}) => !present.has(ref))
			.map(row => {
				byRef.delete(row.ref);
				return readingOf({...row, status: 'deleted'}, free('it is gone'), clock.now());
			});
	};

	const write = async () => {
		if (isWriting) {
			return;
		}

		isWriting = true;
		while (waiting.length > 0 && !stopping.signal.aborted) {
			const readings = waiting.slice(0, batch);
			waiting = waiting.slice(batch);
			await database(store => store.recordStates(readings));
			if (waiting.length > 0) {
				await clock.sleep(pauseMs, stopping.signal).catch(() => {});
			}
		}

		isWriting = false;
	};

	const pass = (isBeat: boolean) => {
		cancelPass = undefined;
		const current = state.flush();
		if (!current.recorder.isMine) {
			return;
		}

		// A beat that comes while the last is still being written would only say the same again.
		const isWhole = isBeat && waiting.length === 0;
		const live = current.sources.filter(({isStale, seenAt}) => !isStale && seenAt !== undefined);
		waiting = [...waiting, ...live.flatMap(source => readingsOf(source, isWhole))];

		void write();
	};

	const unsubscribe = state.subscribe(() => {
		const isChanged = state.get().sources.some(({key, resources}) => recorded.get(key)?.rows !== resources);
		if (isChanged && cancelPass === undefined) {
			cancelPass = clock.after(settleMs, () => {
				pass(false);
			});
		}
	});
	const cancelBeat = clock.every(beatMs, () => {
		pass(true);
	});
	return () => {
		stopping.abort();
		unsubscribe();
		cancelPass?.();
		cancelBeat();
	};
}

const readingOf = ({ref, provider, type, name, status, createdAt}: Resource, hourly: Money, at: number): StateReading => ({
	ref,
	provider,
	type,
	name,
	status,
	hourly,
	at,
	...(createdAt !== undefined && {createdAt}),
});

function isSameRate(before: Resource, after: Resource): boolean {
	if (before.status !== after.status) {
		return false;
	}

	const [a, b] = [hourlyOf(before), hourlyOf(after)];
	return a.kind === b.kind && (a.kind !== 'known' || (b.kind === 'known' && a.nanos === b.nanos && a.currency === b.currency));
}
