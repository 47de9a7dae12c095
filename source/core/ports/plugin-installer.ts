import {type Outcome} from '../failure/outcome.ts';
import {type Manifest} from '../manifest.ts';
import {type Consent} from '../plugin-parts.ts';

/** What an installation would do, known before anything of it is in place. */
export type InstallPreview = {
	readonly manifest: Manifest;
	/** The version that is replaced. */
	readonly previousVersion?: string;
	/** What the person has to allow before it may run; absent when all of it was allowed already. */
	readonly consent?: Consent;
	/** SHA-256 over all its files, in hex: what is accepted is this and nothing that lies there later. */
	readonly digest: string;
	/** What its CHANGELOG says about this version. */
	readonly changes?: string;
};

/** A plugin that lies ready beside its place. One of `commit` and `discard` has to be called. */
export type PreparedInstall = {
	readonly preview: InstallPreview;
	/** Puts it in its place, all of it or nothing. */
	readonly commit: () => Promise<Outcome<PlacedPlugin>>;
	readonly discard: () => Promise<void>;
};

export type PlacedPlugin = {
	readonly directory: string;
	/** Puts back the version that was there before, with what it was allowed; nothing when there was none. */
	readonly undo: () => Promise<Outcome<void>>;
	/** Forgets the version that was there before. */
	readonly keep: () => Promise<void>;
};

/** Where a person's own plugins are put and taken away. Nothing of a plugin runs in it, but in a sandbox to read a manifest. */
export type PluginInstaller = {
	/** `source` is a path: a `.cwsplugin`, a folder with a `plugin.json`, or a plugin in one file. */
	readonly prepare: (source: string, signal?: AbortSignal) => Promise<Outcome<PreparedInstall>>;
	/** Takes the plugin and everything that is kept for it away, but for its secrets; `key` is that of `pluginKey`. */
	readonly remove: (id: string, key: string) => Promise<Outcome<void>>;
};
