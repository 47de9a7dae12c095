import {type EventLevel, type NewEvent} from '../core/event.ts';
import {type Health} from '../core/health.ts';
import {type CallContext, type Provider} from './provider.ts';

/** What a plugin gets at `initialize`. */
export type PluginContext = {
	readonly id: string;
	/** Validated against the manifest's `config` schema, defaults filled in. */
	readonly config: Readonly<Record<string, unknown>>;
	/** Directories of this plugin alone; they exist. */
	readonly directories: {readonly data: string; readonly cache: string};
	readonly log: Readonly<Record<EventLevel, (message: string, fields?: Readonly<Record<string, unknown>>) => void>>;
	readonly events: {readonly emit: (event: NewEvent) => void};
	/** Aborts when the plugin is stopped. */
	readonly signal: AbortSignal;
};

/** Lifecycle, all optional, in this order: initialize, validate, start … stop, shutdown. */
export type Plugin = {
	readonly initialize?: (context: PluginContext) => Promise<void> | void;
	/** A reason why the plugin cannot work here, or nothing. */
	readonly validate?: () => Promise<string | undefined> | string | undefined;
	readonly start?: () => Promise<void> | void;
	readonly stop?: () => Promise<void> | void;
	readonly shutdown?: () => Promise<void> | void;
	readonly health?: (call: CallContext) => Promise<Health> | Health;
	readonly provider?: Provider;
};

/** The default export of a plugin's main file. */
export const definePlugin = (plugin: Plugin): Plugin => plugin;
