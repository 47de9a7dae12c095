import {type Health} from '../core/health.ts';
import {
	type Env,
	type Events,
	type Exec,
	type Files,
	type Http,
	type Log,
	type PluginClock,
	type PluginStateBox,
	type PluginStore,
	type Secrets,
	type Services,
	type Ui,
} from './capabilities.ts';
import {
	type CommandHandler,
	type EndpointHandler,
	type EventHandler,
	type MiddlewareHandler,
	type PaneHandler,
	type ServiceHandlers,
	type Task,
	type TaskHandler,
} from './handlers.ts';
import {type AuthProvider} from './auth.ts';
import {type CallContext, type Provider} from './provider.ts';
import {type StorageProvider} from './storage.ts';

/** What a plugin gets at `initialize`. A capability its manifest did not ask for, or the person did not grant, is absent. */
export type PluginContext = {
	readonly id: string;
	/** Validated against the manifest's `config` schema, defaults filled in. */
	readonly config: Readonly<Record<string, unknown>>;
	/** Directories of this plugin alone; they exist. */
	readonly directories: {readonly data: string; readonly cache: string};
	readonly log: Log;
	readonly events: Events;
	readonly http?: Http;
	readonly exec?: Exec;
	readonly fs?: Files;
	readonly env?: Env;
	readonly secrets?: Secrets;
	readonly store?: PluginStore;
	readonly services: Services;
	readonly ui?: Ui;
	readonly state: PluginStateBox;
	readonly clock: PluginClock;
	/** Aborts when the plugin is stopped. */
	readonly signal: AbortSignal;
};

/** Lifecycle, all optional, in this order: initialize, validate, start … stop, shutdown. Then what the manifest contributes, by handler. */
export type Plugin = {
	readonly initialize?: (context: PluginContext) => Promise<void> | void;
	/** A reason why the plugin cannot work here, or nothing. */
	readonly validate?: () => Promise<string | undefined> | string | undefined;
	readonly start?: () => Promise<void> | void;
	readonly stop?: () => Promise<void> | void;
	readonly shutdown?: () => Promise<void> | void;
	readonly health?: (call: CallContext) => Promise<Health> | Health;
	readonly provider?: Provider;
	readonly commands?: Readonly<Record<string, CommandHandler>>;
	readonly endpoints?: Readonly<Record<string, EndpointHandler>>;
	readonly events?: Readonly<Record<string, EventHandler>>;
	readonly tasks?: Readonly<Record<string, TaskHandler | Task>>;
	readonly panes?: Readonly<Record<string, PaneHandler>>;
	/** By the names of the manifest's `provides`. */
	readonly services?: Readonly<Record<string, ServiceHandlers>>;
	/** Text of templates in YAML, at most 256 KiB, by the `handler` of a `contributes.templates` entry: made rather than written. */
	readonly templates?: Readonly<Record<string, (call: CallContext) => Promise<string> | string>>;
	readonly middleware?: Readonly<Record<string, MiddlewareHandler>>;
	readonly storage?: Readonly<Record<string, StorageProvider>>;
	readonly auth?: Readonly<Record<string, AuthProvider>>;
};

/** The default export of a plugin's main file. */
export const definePlugin = (plugin: Plugin): Plugin => plugin;
