import {type Clock} from '../../core/ports/clock.ts';
import {type Database} from '../database.ts';
import {type InventorySource} from './inventory.ts';

const leastMs = 30_000;
const rowMs = 6;

export type SaveSource = (source: InventorySource, seenAt: number) => void;

/**
Stores what a list came to, so that the next start shows them at once. Copying many rows to the database's thread takes a while on
this one, so a long list is stored less often.
*/
export function createSourceSaver({
	database,
	clock,
	isRecorder,
}: {
	readonly database: Database;
	readonly clock: Clock;
	readonly isRecorder: () => boolean;
}): SaveSource {
	const savedAt = new Map<string, number>();
	return ({key, contribution: {provider, type, plugin}, table}, seenAt) => {
		const now = clock.monotonic();
		const last = savedAt.get(key);
		if (!isRecorder() || (last !== undefined && now - last < Math.max(leastMs, table.size() * rowMs))) {
			return;
		}

		savedAt.set(key, now);
		const resources = table.values();
		void database(store => store.saveSource({key, provider, plugin: plugin.id, type, seenAt, resources}));
	};
}
