import {type Failure} from '../failure/failure.ts';
import {type Health} from '../health.ts';
import {type CwsEvent, type NewEvent} from '../event.ts';
import {type Outcome} from '../failure/outcome.ts';
import {type PermissionItem} from '../permissions/permission-item.ts';
import {type LogRecord, type PluginRecord, type TerminalInput, type TerminalOutput} from '../plugin.ts';

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

/** A call that also gets what the person types, as it comes. */
export type PluginAttach = PluginCall & {readonly input: AsyncIterable<TerminalInput>};

/** What became of a request to load or unload; asking twice is not an error. */
export type LoadAnswer = {
	readonly status: 'loaded' | 'already_loaded' | 'unloaded' | 'not_loaded';
	readonly record: PluginRecord;
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
	/** Turns plugins on and off until exactly these are off, as the settings say by now; writes nothing. */
	readonly followDisabled: (plugins: readonly string[]) => Promise<void>;
	/** Starts a new worker beside the old one and swaps; also lifts a quarantine. */
	readonly reload: (plugin: string) => Promise<Outcome<PluginRecord>>;
	/**
	Takes what the plugin waits for as granted and goes on with its start, or with its update. `shown` is what the person saw: when it
	asks for something else by now, nothing is granted and the failure has what it is (`details.needed`).
	*/
	readonly grant: (plugin: string, shown?: readonly PermissionItem[]) => Promise<Outcome<PluginRecord>>;
	/** Refuses what it waits for and takes back what it had; a running one ends. */
	readonly deny: (plugin: string) => Promise<Outcome<PluginRecord>>;
	/** Starts it whatever its activation says; `retries` more times when that fails, half a second apart and growing. */
	readonly load: (plugin: string, options?: {readonly retries?: number}) => Promise<Outcome<LoadAnswer>>;
	/** Ends it with everything it contributed, until it is loaded again; not remembered. */
	readonly unload: (plugin: string) => Promise<Outcome<LoadAnswer>>;
	/** Looks for plugins again: new ones appear, those gone are ended. */
	readonly rescan: () => Promise<readonly PluginRecord[]>;
	/** Checks the options, keeps them for the next start, and restarts the plugin in place if it runs. */
	readonly reconfigure: (plugin: string, options: Readonly<Record<string, unknown>>) => Promise<Outcome<PluginRecord>>;
	/** Ids in the order they start in: what others need comes first, ties by alphabet. */
	readonly initializationOrder: () => readonly string[];
	/** Whether this process runs the tasks of plugins: only one of a home directory does. */
	readonly setRecorder: (isRecorder: boolean) => void;
	/** Runs a task now and waits for its end; refused while it runs. The signal cancels it. */
	readonly runTask: (plugin: string, task: string, signal?: AbortSignal) => Promise<Outcome<void>>;
	/** Ends the run of a task that is on its way, in this process or, unless `isHere`, in another; it runs again at its time. */
	readonly cancelTask: (plugin: string, task: string, options?: {readonly isHere?: boolean}) => Promise<Outcome<void>>;
	readonly pauseTask: (plugin: string, task: string) => Promise<Outcome<void>>;
	readonly resumeTask: (plugin: string, task: string) => Promise<Outcome<void>>;
	/** Tells the plugins that subscribed to it; returns at once. */
	readonly emitEvent: (event: Omit<CwsEvent, 'seq'>) => void;
	/**
	Asks the plugins that handle a "prepared" event for changes, one after the other. `check` says what is wrong with a changed
	payload; such a change is left out. Never fails: what comes back is at least the payload itself.
	*/
	readonly prepareEvent: <Payload extends Readonly<Record<string, unknown>>>(
		name: string,
		payload: Payload,
		check: (changed: Payload) => Failure | undefined,
	) => Promise<Payload>;
	/** A terminal session that the plugin carries itself. */
	readonly attach: (call: PluginAttach) => AsyncIterable<Outcome<readonly TerminalOutput[]>>;
	readonly logs: (plugin: string) => readonly LogRecord[];
	/** Stops every worker; always settles within the deadline. */
	readonly stop: (deadlineMs: number) => Promise<readonly Failure[]>;
};
