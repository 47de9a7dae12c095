import {type ResourceRef} from './reference.ts';

/** How loud an event or a line of the log is. */
export type EventLevel = 'debug' | 'info' | 'warn' | 'error';

/** Something that happened, in the dotted words of docs/events.md: `instance.launched`, `plugin.health.changed` … */
export type CwsEvent = {
	/** Grows over all processes of this home directory once it is stored; negative until then. */
	readonly seq: number;
	/** Epoch milliseconds. */
	readonly at: number;
	readonly type: string;
	readonly level: EventLevel;
	/** What it is about, for the second column: a resource name or a plugin id. */
	readonly subject: string;
	readonly ref?: ResourceRef;
	readonly provider?: string;
	/** One line that a person reads. */
	readonly message: string;
	readonly data?: Readonly<Record<string, unknown>>;
	/** The plugin that emitted it, stamped by the host. */
	readonly plugin?: string;
};

/** An event as a plugin emits it; cws adds when, and who. */
export type NewEvent = Omit<CwsEvent, 'seq' | 'at'>;

export type AuditRecord = {
	readonly seq: number;
	readonly at: number;
	readonly command: string;
	readonly origin: 'tui' | 'cli' | 'api';
	readonly user: string;
	readonly pid: number;
	readonly target?: string;
	readonly outcome: 'done' | 'failed' | 'denied' | 'cancelled' | 'preview';
	readonly error?: string;
	/** The input, secrets already by reference. */
	readonly input: Readonly<Record<string, unknown>>;
};
