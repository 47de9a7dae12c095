import {type Clock} from '../../core/ports/clock.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type CwsEvent, type NewEvent} from '../../core/event.ts';
import {type Database} from '../database.ts';
import {addEvents, numberEvents} from '../reducers/event-reducers.ts';
import {type StateStore} from '../state-store.ts';

export type EventLog = {
	readonly emit: (...events: readonly NewEvent[]) => void;
	/** Resolves when everything emitted so far is stored or has failed to be. */
	readonly settled: () => Promise<void>;
};

/** Shows events at once and stores what one turn emits in one write. */
export function createEventLog({
	state,
	database,
	clock,
	tell,
}: {
	readonly state: StateStore;
	readonly database: Database;
	readonly clock: Clock;
	/** Plugins that subscribed hear each of them once. */
	readonly tell: PluginHost['emitEvent'];
}): EventLog {
	let nextSeq = -1;
	let waiting: CwsEvent[] = [];
	let writing: Promise<void> = Promise.resolve();

	const write = async () => {
		const events = waiting;
		waiting = [];
		const outcome = await database(store => store.appendEvents(events.map(({seq: _seq, ...event}) => event)));
		if (outcome.ok) {
			state.update(current => numberEvents(current, events, outcome.value));
		}
	};

	return {
		emit(...events) {
			if (events.length === 0) {
				return;
			}

			const at = clock.now();
			const stamped = events.map(event => ({...event, at, seq: nextSeq--}));
			state.update(current => addEvents(current, stamped));
			for (const {seq: _seq, ...event} of stamped) {
				tell(event);
			}

			if (waiting.length === 0) {
				writing = writing.then(write);
			}

			waiting.push(...stamped);
		},
		settled: () => writing,
	};
}
