import {isEnded, type Operation} from '../../core/operation.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Database} from '../database.ts';
import {putOperation} from '../reducers/operation-reducers.ts';
import {type StateStore} from '../state-store.ts';

/** The rows in tasks: in the state for the faces, in the database for the other processes. */
export type OperationLog = {
	readonly get: (id: string) => Operation | undefined;
	/** Fails only when another process works on the same target; a broken database stops nobody. */
	readonly insert: (operation: Operation) => Promise<Outcome<Operation>>;
	/** Changes a row; progress is shown but not stored. */
	readonly update: (id: string, patch: Partial<Operation>) => Operation | undefined;
	/** Hears of each change that this process makes or reads. */
	readonly subscribe: (listener: (operation: Operation) => void) => () => void;
	readonly announce: (operation: Operation) => void;
	readonly settled: () => Promise<void>;
};

export function createOperationLog({state, database, clock}: {state: StateStore; database: Database; clock: Clock}): OperationLog {
	const listeners = new Set<(operation: Operation) => void>();
	let saving: Promise<unknown> = Promise.resolve();
	const get = (id: string) => state.get().operations.find(operation => operation.id === id);

	const announce = (operation: Operation) => {
		for (const listener of listeners) {
			listener(operation);
		}
	};

	const show = (operation: Operation) => {
		state.update(current => putOperation(current, operation));
		announce(operation);
	};

	return {
		get,
		async insert(operation) {
			// The end of the one before must be stored, or this one would be in conflict with it.
			await saving;
			const saved = await database(store => store.saveOperation(operation));
			if (!saved.ok && saved.error.code === 'CWS_CONFLICT') {
				return failed(saved.error);
			}

			show(operation);
			return ok(operation);
		},
		update(id, patch) {
			const before = get(id);
			if (before === undefined || isEnded(before.state)) {
				return before;
			}

			const after = {...before, ...patch, updatedAt: clock.now()};
			show(after);
			if (after.state !== before.state || after.ref !== before.ref || after.pid !== before.pid) {
				saving = saving.then(() => database(store => store.saveOperation(after)));
			}

			return after;
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		announce,
		async settled() {
			await saving;
		},
	};
}
