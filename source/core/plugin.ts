import {type Money} from './money/money.ts';
import {type Failure} from './failure/failure.ts';
import {type Health, type HealthStatus} from './health.ts';
import {type Manifest} from './manifest.ts';
import {type EventLevel} from './event.ts';
import {type Consent, type Denials, type HookRecord, type Requirement, type ServiceRecord, type TaskRecord} from './plugin-parts.ts';

export type PluginState =
	| 'discovered'
	| 'disabled'
	| 'blocked'
	| 'shadowed'
	| 'starting'
	| 'active'
	| 'stopping'
	| 'stopped'
	| 'failed'
	| 'backoff'
	| 'quarantined';

export type LoadStage = 'manifest' | 'security' | 'resolve' | 'initialize' | 'validate' | 'register' | 'start';

export type PluginOrigin = 'bundled' | 'directory' | 'project' | 'user' | 'package' | 'system';

/** `development` lies in a folder somebody works in: one named on the command line, or a project's. */
export type PluginBadge = 'unsigned' | 'development';

/** Measured by the host over the plugin's own worker thread. */
export type PluginUsage = {
	readonly memoryBytes: number;
	/** Of one core, over the last interval. */
	readonly cpuPercent: number;
	readonly calls: number;
	readonly errors: number;
	readonly p50Ms?: number;
	readonly p95Ms?: number;
};

/** What the dashboard shows of a plugin. Lifecycle state and health are two things. */
export type PluginRecord = {
	readonly id: string;
	readonly manifest: Manifest;
	readonly origin: PluginOrigin;
	readonly directory: string;
	readonly state: PluginState;
	/** The stage that failed. */
	readonly stage?: LoadStage;
	readonly error?: Failure;
	/** Grows with every new worker. */
	readonly generation: number;
	readonly startedAt?: number;
	/** Milliseconds from the start of the worker to active. */
	readonly startMs?: number;
	readonly health: Health;
	/** Oldest first, at most 60. */
	readonly healthHistory: readonly {readonly at: number; readonly status: HealthStatus; readonly latencyMs?: number}[];
	readonly usage?: PluginUsage;
	readonly strikes: number;
	/** Epoch milliseconds of the next try while in backoff. */
	readonly retryAt?: number;
	/** Whether its thread runs at a lower priority. */
	readonly isNiced?: boolean;
	/** What it waits for while it is `blocked` at the stage `security`. */
	readonly consent?: Consent;
	readonly tasks: readonly TaskRecord[];
	readonly hooks: readonly HookRecord[];
	readonly services: readonly ServiceRecord[];
	readonly requires: readonly Requirement[];
	readonly denied: Denials;
	/** Why it deserves a second look wherever it is shown. */
	readonly badge?: PluginBadge;
	/** Why there is nothing for it on this machine: it is started only when somebody asks for it. */
	readonly absent?: string;
};

/** Whether it sleeps because there is nothing for it here. */
export const isAbsent = ({state, absent}: Pick<PluginRecord, 'state' | 'absent'>): boolean =>
	state === 'discovered' && absent !== undefined;

export type LogRecord = {
	readonly at: number;
	readonly plugin: string;
	readonly level: EventLevel;
	readonly message: string;
	readonly fields?: Readonly<Record<string, unknown>>;
	/** Records dropped by the rate limit just before this one. */
	readonly dropped?: number;
};

/** A line of a workstation's own log. */
export type LogLine = {
	/** Epoch milliseconds where the source knows. */
	readonly at?: number;
	readonly stream: 'stdout' | 'stderr' | 'system';
	readonly level?: EventLevel;
	readonly text: string;
};

/** How to get into a resource: a program the host runs on the person's terminal, an address, or a session the plugin carries itself. */
export type Connection =
	| {
			readonly kind: 'exec';
			readonly command: string;
			readonly args: readonly string[];
			readonly env?: Readonly<Record<string, string>>;
			readonly cwd?: string;
			readonly title?: string;
	  }
	| {readonly kind: 'url'; readonly url: string}
	/** The plugin carries the bytes itself, see `Provider.attach`. */
	| {readonly kind: 'stream'; readonly title?: string};

/** What a terminal sends to a plugin: bytes the person typed, in base64, or its new size. */
export type TerminalInput = {readonly data: string} | {readonly columns: number; readonly rows: number};

/** What a plugin writes on the terminal, in base64; at the end the exit code of what ran there, where it knows one. */
export type TerminalOutput = {readonly data: string} | {readonly exitCode: number};

/** One option of a form field that only the plugin knows at run time. */
export type Choice = {
	readonly value: string;
	readonly title?: string;
	readonly description?: string;
	/** What it costs an hour at least, where that is known before a plan: the list price of a size. */
	readonly hourly?: Money;
	/** Why it cannot be chosen now; absent when it can. */
	readonly unavailable?: string;
};
