import {type EventLevel, type NewEvent} from '../core/event.ts';
import {type Json} from '../core/schema/json.ts';

type WithSignal = {
	/** Gives the request up. */
	readonly signal?: AbortSignal;
};

/** The log of the plugin, one method a level; `console` in the sandbox is the same. Fields are JSON, and secrets are taken out. */
export type Log = Readonly<Record<EventLevel, (message: string, fields?: Readonly<Record<string, unknown>>) => void>>;

/** Telling cws and other plugins that something happened. */
export type Events = {
	/** Tells cws and every plugin that subscribed. At most 50 a second after a burst of 200, 64 KiB each; more is dropped and counted. */
	readonly emit: (event: NewEvent) => void;
};

/** A request as a plugin makes it; `host`, cookies and what belongs to the connection are the host's. */
export type HttpRequest = WithSignal & {
	/** `GET` when absent. */
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Text, or bytes as they are. */
	readonly body?: string | Uint8Array;
	/** A secret of the manifest's `permissions.secrets`; the host writes it into the request. */
	readonly auth?: string;
	/**
	What of a JSON answer becomes which secret: `{token: '/access_token'}`. The host keeps the values and takes them out of the answer
	before the plugin gets it; only of answers that went well, and only secrets with `"keep": true`. How a login gets its tokens.
	*/
	readonly keep?: Readonly<Record<string, string>>;
};

/** An answer, read to its end. */
export type HttpResponse = {
	readonly status: number;
	/** Names in lower case; cookies are kept back. */
	readonly headers: Readonly<Record<string, string>>;
	readonly text: () => string;
	/** Throws when the body is not JSON. */
	readonly json: () => unknown;
	readonly bytes: () => Uint8Array;
};

/** Requests to the hosts of `permissions.http`. Throws a failure of the code `CWS_PLUGIN_DENIED` for any other. */
export type Http = {readonly fetch: (url: string, request?: HttpRequest) => Promise<HttpResponse>};

/** What a program left behind when it ended. */
export type ExecResult = {
	/** The exit code; -1 when a signal ended it. */
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
};

/** The command lines of `permissions.exec`, by their id. */
export type Exec = {
	readonly run: (
		id: string,
		params?: Readonly<Record<string, string>>,
		options?: WithSignal & {readonly stdin?: string},
	) => Promise<ExecResult>;
	/**
	Gives the person's terminal to the program until it ends; only with an entry of `tty: true`. The dashboard says who runs what and
	comes back afterwards. As a question it counts among three a minute; the deadline of the call it serves goes on, see `limits.callMs`.
	Throws `CWS_NO_TTY` where no dashboard is open.
	*/
	readonly interactive?: (id: string, params?: Readonly<Record<string, string>>) => Promise<{readonly code: number}>;
};

/** The files of `permissions.fs`, by the entry's id; `path` is below it and never leaves it. */
export type Files = {
	readonly read: (id: string, path?: string) => Promise<string>;
	/** Replaces the file as a whole. */
	readonly write: (id: string, path: string, text: string) => Promise<void>;
	readonly list: (id: string, path?: string) => Promise<readonly {readonly name: string; readonly isDirectory: boolean}[]>;
};

/** The variables of `permissions.env`. */
export type Env = {readonly get: (name: string) => Promise<string | undefined>};

/** The secrets of `permissions.secrets`. Use one by its name in `auth` of a request; its value stays with the host. */
export type Secrets = {
	readonly has: (name: string) => Promise<boolean>;
	/** Asks the person for it; whether there is one afterwards. */
	readonly request: (name: string) => Promise<boolean>;
	/** Only with the grant `read`. */
	readonly read?: (name: string) => Promise<string>;
};

/** Values of this plugin alone, kept in cws's database. Throws a failure when `permissions.store.maxBytes` is full. */
export type PluginStore = {
	readonly get: (key: string) => Promise<unknown>;
	readonly set: (key: string, value: Json) => Promise<void>;
	readonly delete: (key: string) => Promise<void>;
	readonly list: (prefix?: string) => Promise<readonly string[]>;
};

/** Calls methods of another plugin's service. Arguments and answers are JSON. */
export type ServiceProxy = Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>;

/** What other plugins offer. */
export type Services = {
	/**
	A service by name and range, for example `pricing@^1`; `null` when nobody offers it. The manifest has to name it in `requires` or
	`optionalRequires`. A call throws `CWS_SERVICE_UNAVAILABLE` when its provider is gone meanwhile.
	*/
	readonly get: (service: string) => Promise<ServiceProxy | null>;
};

/** Words for the person; the host writes the plugin's name before them. One dialog at a time, three a minute. */
export type Ui = {
	readonly notify: (message: string) => Promise<void>;
	readonly confirm: (question: string) => Promise<boolean>;
	/** `undefined` when the person cancels. */
	readonly prompt: (question: string) => Promise<string | undefined>;
	/** A few words in the status bar; an empty text takes them away. */
	readonly status: (text: string) => Promise<void>;
};

/** At most 256 KiB of JSON that a reload hands to the next worker; gone when cws ends. */
export type PluginStateBox = {
	readonly get: () => Promise<unknown>;
	readonly set: (value: Json) => Promise<void>;
};

/** Time, which a test can hold still. Its timers end with the plugin. */
export type PluginClock = {
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** Ends early, with an error, when the signal aborts or the plugin is stopped. */
	readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
	/** Returns its cancellation. */
	readonly every: (ms: number, callback: () => void) => () => void;
};
