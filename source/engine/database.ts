import {failure, toFailure} from '../core/failure/failure.ts';
import {failed, type Outcome} from '../core/failure/outcome.ts';
import {type Store} from '../core/ports/store.ts';

/** Runs something on the store once it is open; a store that cannot open is a failure like any other. */
export type Database = <Value>(access: (store: Store) => Promise<Outcome<Value>>) => Promise<Outcome<Value>>;

export function createDatabase(opening: Promise<Store>): Database {
	// Whoever uses it gets the failure; nobody may be there yet to hear it.
	opening.catch(() => {});
	return async access => {
		try {
			return await access(await opening);
		} catch (error) {
			return failed(failure('CWS_STORE', {message: 'The database cannot be used.', cause: toFailure(error, 'CWS_STORE').message}));
		}
	};
}
