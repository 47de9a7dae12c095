import {type Failure} from '../failure/failure.ts';
import {type Health} from '../health.ts';
import {type NewEvent} from '../event.ts';
import {type Outcome} from '../failure/outcome.ts';
import {type LogRecord, type PluginRecord} from '../plugin.ts';

export type PluginProgress = {readonly done?: number; readonly total?: number; readonly message?: string};

export type PluginCall = {
	readonly plugin: string;
	/** For example `provider.list`; the methods are those of `sdk/provider.ts`. */
	readonly method: string;
	readonly args: readonly unknown[];
	readonly signal?: AbortSignal;
	/** Milliseconds; the method's own default otherwise. */
	readonly deadlineMs?: number;
	readonly onProgress?: (progress: PluginProgress) => void;
};

/** What a plugin host tells the engine; each is called at most once per tick with everything new. */
export type PluginHostListener = {
	/** Lifecycle, health or usage of at least one plugin changed. */
	readonly onRecords?: (records: readonly PluginRecord[]) => void;
	readonly onLogs?: (logs: readonly LogRecord[]) => void;
	/** Events plugins emit and lifecycle events of the host. */
	readonly onEvents?: (events: readonly NewEvent[]) => void;
};

/** The only door to plugin code. Every value that comes out has been size-checked, frozen and passed through `safeText`. */
export type PluginHost = {
	readonly records: () => readonly PluginRecord[];
	readonly subscribe: (listener: PluginHostListener) => () => void;
	/** Starts the plugin when it is not running and its activation allows. */
	readonly call: <Result>(call: PluginCall) => Promise<Outcome<Result>>;
	/**
	What the method yields, as it comes, with backpressure. `Item` is one `ListPage`, one `LogLine`, one `ResourceChange`: an array
	a plugin yields is taken apart, and a large page comes as several (its other fields with the first).
	Throws nothing: the last item is a failure when the stream broke.
	*/
	readonly stream: <Item>(call: PluginCall) => AsyncIterable<Outcome<readonly Item[]>>;
	readonly checkHealth: (plugin: string, options?: {readonly start?: boolean}) => Promise<Outcome<Health>>;
	readonly start: (plugin: string) => Promise<Outcome<PluginRecord>>;
	readonly enable: (plugin: string) => Promise<Outcome<PluginRecord>>;
	readonly disable: (plugin: string) => Promise<Outcome<PluginRecord>>;
	/** Starts a new worker beside the old one and swaps; also lifts a quarantine. */
	readonly reload: (plugin: string) => Promise<Outcome<PluginRecord>>;
	readonly logs: (plugin: string) => readonly LogRecord[];
	/** Stops every worker; always settles within the deadline. */
	readonly stop: (deadlineMs: number) => Promise<readonly Failure[]>;
};
