import {ok} from '../../core/failure/outcome.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Database} from '../database.ts';
import {addEvents} from '../reducers/event-reducers.ts';
import {mergeOperations} from '../reducers/operation-reducers.ts';
import {type Inventory} from '../inventory/inventory.ts';
import {type Poller} from '../inventory/poll/poller.ts';
import {type OperationLog} from '../operations/operation-log.ts';
import {type StateStore} from '../state-store.ts';

const claimEveryMs = 5000;
const noticeEveryMs = 2000;

type Options = {
	readonly database: Database;
	readonly clock: Clock;
	readonly state: StateStore;
	readonly inventory: Inventory;
	readonly poller: Poller;
	readonly log: OperationLog;
	/** Whether it is ours after each claim. */
	readonly onClaim: (isMine: boolean) => void;
	/** Called after each claim that succeeded: what the recorder does for all. */
	readonly onMine: () => void;
};

/** Tries to be, or stay, the one that keeps the record. */
export async function claimRecorder(database: Database, state: StateStore): Promise<boolean> {
	const claimed = await database(store => store.claimRecorder());
	const isMine = claimed.ok && claimed.value;
	state.update(current => (current.recorder.isMine === isMine ? current : {...current, recorder: {isMine}}));
	return isMine;
}

/** One process keeps the record; all see what the others do. Returns the end of it. */
export function startRecorder({database, clock, state, inventory, poller, log, onClaim, onMine}: Options): () => void {
	const claim = async () => {
		const isMine = await claimRecorder(database, state);
		onClaim(isMine);
		if (isMine) {
			onMine();
		}
	};

	// A disk that fills up later is as much worth a word as one that was full at the start.
	const showNotices = async () => {
		const said = await database(async store => ok(store.notices()));
		const fresh = said.ok
			? said.value.filter(({code, message}) => !state.get().notices.some(known => known.code === code && known.message === message))
			: [];
		if (fresh.length > 0) {
			state.update(current => ({...current, notices: [...current.notices, ...fresh]}));
		}
	};

	const reload = async () => {
		const newest = state.get().events.reduce((most, {seq}) => Math.max(most, seq), 0);
		const [events, operations] = await Promise.all([
			database(store => store.readEvents({limit: 500, afterSeq: newest})),
			database(store => store.readOperations({limit: 200})),
		]);
		if (events.ok) {
			state.update(current => addEvents(current, events.value));
		}

		if (operations.ok) {
			const before = new Map(state.get().operations.map(operation => [operation.id, operation]));
			state.update(current => mergeOperations(current, operations.value));
			for (const operation of state.get().operations) {
				const source = operation === before.get(operation.id) ? undefined : inventory.source(operation.provider, operation.type);
				if (source) {
					log.announce(operation);
					// Another process changed something there; the next poll would show it late.
					void poller.poll(source);
				}
			}
		}

		if (state.get().sources.some(({isStale, phase}) => isStale || phase === 'loading')) {
			const stored = await database(store => store.loadInventory());
			if (stored.ok) {
				inventory.restore(stored.value);
			}
		}
	};

	void claim();
	void showNotices();
	let isEnded = false;
	const cancels = [clock.every(claimEveryMs, () => void claim()), clock.every(noticeEveryMs, () => void showNotices())];
	void database(async store => {
		if (!isEnded) {
			cancels.push(store.watch(() => void reload()));
		}

		return ok(undefined);
	});
	return () => {
		isEnded = true;
		for (const cancel of cancels) {
			cancel();
		}
	};
}
