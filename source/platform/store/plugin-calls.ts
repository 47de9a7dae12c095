import {
	type PluginChange,
	type PluginEntry,
	type PluginKeep,
	type PluginKeySize,
	type Quarantine,
	type StoredGrant,
} from '../../core/ports/plugin-keep.ts';
import {mapOutcome, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type StoreClient} from './store-client.ts';

/** The calls about plugins; see `StoreCalls`. */
export type PluginCalls = {
	readonly readGrants: {readonly input: null; readonly value: readonly StoredGrant[]};
	readonly saveGrant: {readonly input: StoredGrant; readonly value: null};
	readonly deleteGrant: {readonly input: {readonly key: string}; readonly value: null};
	readonly readQuarantine: {readonly input: null; readonly value: readonly Quarantine[]};
	readonly saveQuarantine: {readonly input: Quarantine; readonly value: null};
	readonly liftQuarantine: {readonly input: {readonly id: string; readonly version?: string}; readonly value: null};
	readonly getPluginEntry: {readonly input: {readonly owner: string; readonly key: string}; readonly value: PluginEntry | null};
	readonly changePluginEntries: {
		readonly input: {readonly owner: string; readonly changes: readonly PluginChange[]; readonly maxBytes: number};
		readonly value: readonly number[];
	};
	readonly listPluginEntries: {
		readonly input: {readonly owner: string; readonly prefix?: string; readonly after?: string; readonly limit: number};
		readonly value: readonly PluginKeySize[];
	};
	readonly clearPluginEntries: {readonly input: {readonly owner: string}; readonly value: null};
};

/** The port over the database's thread. */
export function createPluginKeep({call}: Pick<StoreClient, 'call'>): PluginKeep {
	return {
		readGrants: async () => valueOf(await call('readGrants', null)),
		saveGrant: async grant => done(await call('saveGrant', grant)),
		deleteGrant: async key => done(await call('deleteGrant', {key})),
		readQuarantine: async () => valueOf(await call('readQuarantine', null)),
		saveQuarantine: async quarantine => done(await call('saveQuarantine', quarantine)),
		liftQuarantine: async (id, version) => done(await call('liftQuarantine', {id, ...(version !== undefined && {version})})),
		getEntry: async (owner, key) => valueOf(await call('getPluginEntry', {owner, key})),
		changeEntries: async (owner, changes, maxBytes) => valueOf(await call('changePluginEntries', {owner, changes, maxBytes})),
		listEntries: async (owner, query) => valueOf(await call('listPluginEntries', {owner, ...query})),
		clearEntries: async owner => done(await call('clearPluginEntries', {owner})),
	};
}

const valueOf = <Value>(answer: Outcome<{readonly value: Value}>): Outcome<Value> => mapOutcome(answer, ({value}) => value);

const done = (answer: Outcome<unknown>): Outcome<void> => (answer.ok ? ok(undefined) : answer);
