import {isAbsent} from '../../core/plugin.ts';
import {type Resource} from '../../core/resource.ts';
import {parseRef, type ResourceRef} from '../../core/reference.ts';
import {type StoredSource} from '../../core/ports/store.ts';
import {type Contribution, offeredTypes, sourceKey} from '../contributions/resource-types.ts';
import {type EngineState, type SourceState} from '../state.ts';
import {patchSource} from '../reducers/source-reducers.ts';
import {type StateStore} from '../state-store.ts';
import {keepRow} from './keep-row.ts';
import {createOverlays, type Overlays} from './overlays.ts';
import {createSourceTable, type SourceTable} from './source-table.ts';

export type InventorySource = {
	readonly key: string;
	/** Changes with the manifest, after a reload of the plugin. */
	contribution: Contribution;
	readonly table: SourceTable;
	/** Epoch milliseconds of the last complete list, or of the stored one. */
	listedAt?: number;
	/** Changes by anything but a list while a list is on its way; they are newer than what the list will say. */
	touched?: Map<ResourceRef, Resource | undefined>;
};

/** The rows of all sources, between two publications. */
export type Inventory = {
	readonly overlays: Overlays;
	readonly sources: () => readonly InventorySource[];
	readonly source: (provider: string, type: string) => InventorySource | undefined;
	/** Follows the plugins: their types come and go with them. Returns the sources that are new. */
	readonly sync: (state: EngineState) => readonly InventorySource[];
	/** Shows what was stored as stale rows, now or when the plugin of a source turns up. */
	readonly restore: (stored: readonly StoredSource[]) => void;
	readonly get: (ref: ResourceRef) => Resource | undefined;
	/** Takes in a row from the provider; it is shown the way the operation in flight wants it. Returns the row before. */
	readonly upsert: (row: Resource) => Resource | undefined;
	/** Puts a row as it is, the provider not asked. */
	readonly show: (row: Resource) => void;
	readonly remove: (ref: ResourceRef) => Resource | undefined;
	readonly patch: (key: string, patch: Partial<SourceState>) => void;
	readonly collect: (state: EngineState) => EngineState;
	/** Says that rows changed. */
	readonly touch: () => void;
};

export function createInventory(state: () => StateStore): Inventory {
	const byKey = new Map<string, InventorySource>();
	const waiting = new Map<string, StoredSource>();
	const overlays = createOverlays();

	const source = (provider: string, type: string) => byKey.get(sourceKey(provider, type));

	const sourceOf = (ref: ResourceRef) => {
		const parts = parseRef(ref);
		return parts && source(parts.provider, parts.type);
	};

	const patch = (key: string, change: Partial<SourceState>) => {
		state().update(current => patchSource(current, key, change));
	};

	const put = (home: InventorySource, row: Resource) => {
		home.touched?.set(row.ref, row);
		const placeholder = overlays.adopt(row);
		if (placeholder === undefined) {
			home.table.set(row);
		} else {
			home.touched?.set(placeholder, undefined);
			home.table.rename(placeholder, row);
		}

		state().touch();
	};

	const showStored = (home: InventorySource, {resources, seenAt}: StoredSource) => {
		const known = state()
			.get()
			.sources.find(({key}) => key === home.key);
		// Rows that this process read itself are newer than what another has stored, unless its own source is silent.
		const isOlder = known === undefined || known.isStale || known.phase === 'loading';
		if (home.table.size() === 0 || (isOlder && seenAt > (known?.seenAt ?? 0))) {
			home.table.replace(resources);
			home.listedAt = seenAt;
			patch(home.key, {seenAt, isStale: true, resources: home.table.values()});
		}
	};

	return {
		overlays,
		sources: () => [...byKey.values()],
		source,
		sync({plugins}) {
			const fresh: InventorySource[] = [];
			const wanted = offeredTypes(plugins).filter(({operations, plugin}) => operations.includes('list') && !isAbsent(plugin));
			const keys = new Set(wanted.map(({key}) => key));
			for (const key of byKey.keys()) {
				if (!keys.has(key)) {
					byKey.delete(key);
				}
			}

			for (const contribution of wanted) {
				const known = byKey.get(contribution.key);
				if (known) {
					known.contribution = contribution;
				} else {
					const added = {key: contribution.key, contribution, table: createSourceTable()};
					byKey.set(contribution.key, added);
					fresh.push(added);
				}
			}

			state().update(current => withSources(current, wanted));
			for (const added of fresh) {
				const stored = waiting.get(added.key);
				waiting.delete(added.key);
				if (stored) {
					showStored(added, stored);
				}
			}

			return fresh;
		},
		restore(stored) {
			for (const rows of stored) {
				const home = byKey.get(rows.key);
				if (home) {
					showStored(home, rows);
				} else {
					waiting.set(rows.key, rows);
				}
			}
		},
		get: ref => sourceOf(ref)?.table.get(ref),
		upsert(row) {
			const home = source(row.provider, row.type);
			const before = home?.table.get(row.ref);
			if (home) {
				put(home, keepRow(before, overlays.apply(row), home.listedAt));
			}

			return before;
		},
		show(row) {
			const home = source(row.provider, row.type);
			if (home) {
				home.touched?.set(row.ref, row);
				home.table.set(row);
				state().touch();
			}
		},
		remove(ref) {
			const home = sourceOf(ref);
			const before = home?.table.get(ref);
			if (home && before) {
				home.touched?.set(ref, undefined);
				home.table.remove(ref);
				state().touch();
			}

			return before;
		},
		patch,
		collect(current) {
			let next = current;
			for (const {key, table} of byKey.values()) {
				if (table.isChanged()) {
					next = patchSource(next, key, {resources: table.values()});
				}
			}

			return next;
		},
		touch: () => {
			state().touch();
		},
	};
}

function withSources(state: EngineState, wanted: readonly Contribution[]): EngineState {
	const known = new Map(state.sources.map(source => [source.key, source]));
	const sources = wanted.map(
		({key, provider, type, plugin}): SourceState =>
			known.get(key) ?? {
				key,
				plugin: plugin.id,
				provider,
				type,
				phase: 'loading',
				resources: [],
				isStale: false,
				isRefreshing: false,
				missing: [],
				skipped: 0,
			},
	);
	const isSame = sources.length === state.sources.length && sources.every((source, index) => source === state.sources[index]);
	return isSame ? state : {...state, sources};
}
