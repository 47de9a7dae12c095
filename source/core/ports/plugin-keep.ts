import {type Failure} from '../failure/failure.ts';
import {type Outcome} from '../failure/outcome.ts';
import {type Json} from '../schema/json.ts';

/** What the person allowed one plugin, kept by (origin or publisher key, id): a shadowing copy inherits nothing. */
export type StoredGrant = {
	/** Of `pluginKey`. */
	readonly key: string;
	/** SHA-256 of what was allowed to run, in hex. */
	readonly bundleHash: string;
	/** The permission set as JSON; checked again when it is read. */
	readonly permissions: Json;
	/** Where its commands were then, by the name the manifest calls them: absolute. What comes into PATH later was not allowed. */
	readonly commands: Readonly<Record<string, string>>;
	/** Epoch milliseconds. */
	readonly grantedAt: number;
	/** The account and the face it was allowed with: `ada (dashboard)`. */
	readonly grantedBy: string;
};

/** A version of a plugin that failed too often to be started again by itself. */
export type Quarantine = {
	readonly id: string;
	readonly version: string;
	/** Epoch milliseconds. */
	readonly at: number;
	readonly reason: Failure;
};

/** One value a plugin keeps. */
export type PluginEntry = {
	readonly value: Json;
	/** 1 for a new key, one more with every change. */
	readonly version: number;
};

export type PluginKeySize = {readonly key: string; readonly bytes: number; readonly version: number};

/** One change of a plugin's store; `ifVersion` makes it fail with CWS_CONFLICT when the key has another version (0: it must be new). */
export type PluginChange =
	| {readonly key: string; readonly value: Json; readonly ifVersion?: number}
	| {readonly key: string; readonly isDeleted: true; readonly ifVersion?: number};

/** The part of the database that is about plugins. Never throws. */
export type PluginKeep = {
	readonly readGrants: () => Promise<Outcome<readonly StoredGrant[]>>;
	/** Replaces the grant of its key. */
	readonly saveGrant: (grant: StoredGrant) => Promise<Outcome<void>>;
	readonly deleteGrant: (key: string) => Promise<Outcome<void>>;
	readonly readQuarantine: () => Promise<Outcome<readonly Quarantine[]>>;
	readonly saveQuarantine: (quarantine: Quarantine) => Promise<Outcome<void>>;
	/** Lifts it for one version, or for all of them. */
	readonly liftQuarantine: (id: string, version?: string) => Promise<Outcome<void>>;
	/** Null when there is none. `owner` is the plugin's key. */
	readonly getEntry: (owner: string, key: string) => Promise<Outcome<PluginEntry | null>>;
	/**
	All changes or none. Gives the versions afterwards, 0 for what was deleted. Fails with CWS_PLUGIN_QUOTA when the plugin would
	keep more than `maxBytes` (the UTF-8 length of keys and JSON) and with CWS_CONFLICT for a wrong `ifVersion`.
	*/
	readonly changeEntries: (owner: string, changes: readonly PluginChange[], maxBytes: number) => Promise<Outcome<readonly number[]>>;
	/** Keys in their order, those after `after`. */
	readonly listEntries: (
		owner: string,
		query: {readonly prefix?: string; readonly after?: string; readonly limit: number},
	) => Promise<Outcome<readonly PluginKeySize[]>>;
	/** Everything a removed plugin kept. */
	readonly clearEntries: (owner: string) => Promise<Outcome<void>>;
};
