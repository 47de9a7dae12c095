import {type Resource} from '../../core/resource.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Database} from '../database.ts';
import {type SourceState} from '../state.ts';
import {type Inventory, type InventorySource} from './inventory.ts';

const leastMs = 30_000;
const rowMs = 6;
// Copying that many takes well under a tenth of a second, so that it may happen while somebody waits for the end.
const flushRows = 10_000;

export type SourceSaver = {
	readonly save: (source: InventorySource, seenAt: number) => void;
	/** Stores what changed since: what was deployed a moment before the end must be on the next first frame. */
	readonly flush: (states: readonly SourceState[]) => void;
};

/**
Stores what a list came to, so that the next start shows them at once. Copying many rows to the database's thread takes a while on
this one, so a long list is stored less often.
*/
export function createSourceSaver({
	database,
	clock,
	inventory,
	isRecorder,
}: {
	readonly database: Database;
	readonly clock: Clock;
	readonly inventory: Inventory;
	readonly isRecorder: () => boolean;
}): SourceSaver {
	const saved = new Map<string, {readonly at: number; readonly resources: readonly Resource[]}>();

	const store = ({key, contribution: {provider, type, plugin}, table}: InventorySource, seenAt: number) => {
		const rows = table.values();
		saved.set(key, {at: clock.monotonic(), resources: rows});
		const resources = rows.some(({ref}) => inventory.overlays.isPlaceholder(ref))
			? rows.filter(({ref}) => !inventory.overlays.isPlaceholder(ref))
			: rows;
		void database(open => open.saveSource({key, provider, plugin: plugin.id, type, seenAt, resources}));
	};

	return {
		save(source, seenAt) {
			const last = saved.get(source.key);
			const isDue = last === undefined || clock.monotonic() - last.at >= Math.max(leastMs, source.table.size() * rowMs);
			if (isRecorder() && isDue) {
				store(source, seenAt);
			}
		},
		flush(states) {
			for (const source of isRecorder() ? inventory.sources() : []) {
				const state = states.find(({key}) => key === source.key);
				const isOwn = state?.seenAt !== undefined && !state.isStale && state.phase !== 'failed';
				if (isOwn && source.table.size() <= flushRows && saved.get(source.key)?.resources !== source.table.values()) {
					store(source, state.seenAt);
				}
			}
		},
	};
}
