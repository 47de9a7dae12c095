import {type PermissionItem} from './permissions/permission-item.ts';

/** What a plugin waits for before it may run. */
export type Consent = {
	/** What the person has not granted yet. */
	readonly needed: readonly PermissionItem[];
	/** An older version was granted less; it runs on until the person answers. */
	readonly isUpdate: boolean;
};

export type TaskState = 'off' | 'waiting' | 'running' | 'backoff' | 'paused';

/** One scheduled task of a plugin. */
export type TaskRecord = {
	readonly name: string;
	readonly everySeconds: number;
	/** `off`: switched off, the plugin does not run, or another cws process is the one that runs tasks. */
	readonly state: TaskState;
	/** Epoch milliseconds of the next run, while it waits. */
	readonly nextAt?: number;
	/** Epoch milliseconds of the start of the last run. */
	readonly lastAt?: number;
	readonly lastMs?: number;
	readonly lastError?: string;
	readonly runs: number;
	/** Failures in a row. */
	readonly failures: number;
};

/** One event handler of a plugin, with what became of the events. */
export type HookRecord = {
	/** A name of the catalogue, or a pattern: `instance.*`, `*`. */
	readonly on: string;
	readonly handler: string;
	/** 0 to 1000, lower is earlier. */
	readonly priority: number;
	readonly handled: number;
	readonly failed: number;
	/** Events lost because the plugin was too slow. */
	readonly dropped: number;
};

/** One service a plugin offers to others. */
export type ServiceRecord = {
	readonly name: string;
	readonly version: string;
	/** Its plugin runs and no other goes before it. */
	readonly isOffered: boolean;
	/** The id of the plugin that offers the same and goes before. */
	readonly hiddenBy?: string;
};

/** What a plugin needs of others. */
export type Requirement = {
	readonly kind: 'service' | 'plugin';
	readonly name: string;
	/** As in the manifest, for example `^1.2`. */
	readonly range: string;
	readonly isOptional: boolean;
	/** The id of the plugin that fits. */
	readonly metBy?: string;
	/** Why nothing fits. */
	readonly problem?: string;
};

/** What a plugin tried and may not do. */
export type Denials = {
	readonly count: number;
	readonly last?: {readonly at: number; readonly what: string};
};
