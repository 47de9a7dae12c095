import {type AuditRecord, type CwsEvent, type NewEvent} from '../event.ts';
import {type Failure} from '../failure/failure.ts';
import {type Operation} from '../operation.ts';
import {type Outcome} from '../failure/outcome.ts';
import {type Resource, type ResourceStatus} from '../resource.ts';
import {type Money} from '../money/money.ts';
import {type ResourceRef} from '../reference.ts';
import {type PluginKeep} from './plugin-keep.ts';

/** The last complete answer of one source, as it was stored. A source is one plugin's provider and type. */
export type StoredSource = {
	/** `provider/type`. */
	readonly key: string;
	readonly provider: string;
	readonly plugin: string;
	readonly type: string;
	/** Epoch milliseconds of the answer. */
	readonly seenAt: number;
	readonly resources: readonly Resource[];
};

/** A resource was in one state at one rate from `from` until `until`; open while `until` is absent. */
export type StateInterval = {
	readonly ref: ResourceRef;
	readonly provider: string;
	readonly type: string;
	readonly name: string;
	readonly status: ResourceStatus;
	readonly from: number;
	readonly until?: number;
	readonly hourly: Money;
	/** The start or the state in between was assumed, not seen. */
	readonly isEstimated: boolean;
};

/** What a state reading adds to the ledger; the store closes the open interval when state or rate changed. */
export type StateReading = Omit<StateInterval, 'from' | 'until' | 'isEstimated'> & {
	readonly at: number;
	/** Used as the start of the very first interval of a resource. */
	readonly createdAt?: number;
};

/**
The database behind a worker of its own. Every method is safe to call at any time; a broken disk makes them
answer with a failure, never throw, and the program goes on in memory.
*/
export type Store = {
	/** What opening had to say: a corrupt file set aside, a read-only directory … */
	readonly notices: () => readonly Failure[];
	readonly loadInventory: () => Promise<Outcome<readonly StoredSource[]>>;
	/** Replaces the stored rows of one source. */
	readonly saveSource: (source: StoredSource) => Promise<Outcome<void>>;
	readonly appendEvents: (events: readonly (NewEvent & {readonly at: number})[]) => Promise<Outcome<readonly CwsEvent[]>>;
	/** Newest first. */
	readonly readEvents: (query: {
		readonly limit: number;
		readonly afterSeq?: number;
		readonly type?: string;
		readonly ref?: ResourceRef;
	}) => Promise<Outcome<readonly CwsEvent[]>>;
	readonly appendAudit: (record: Omit<AuditRecord, 'seq'>) => Promise<Outcome<void>>;
	readonly readAudit: (query: {readonly limit: number}) => Promise<Outcome<readonly AuditRecord[]>>;
	/**
	Inserts or updates an operation row. Inserting fails with CWS_CONFLICT while another unfinished operation of a living process
	holds the same target, so two people never do one thing twice.
	*/
	readonly saveOperation: (operation: Operation) => Promise<Outcome<void>>;
	/** Newest first. */
	readonly readOperations: (query: {readonly limit: number; readonly unfinishedOnly?: boolean}) => Promise<Outcome<readonly Operation[]>>;
	readonly recordStates: (readings: readonly StateReading[]) => Promise<Outcome<void>>;
	/** Intervals that touch the span, clipped by the caller. */
	readonly readIntervals: (query: {readonly since: number; readonly until: number}) => Promise<Outcome<readonly StateInterval[]>>;
	/** Tries to be, or stay, the recorder; true when this process is. Call it every 5 s. */
	readonly claimRecorder: () => Promise<Outcome<boolean>>;
	/** What cws keeps about plugins, and what they keep themselves. */
	readonly plugins: PluginKeep;
	/** Calls the listener within a second after another process wrote; gives the end of it. */
	readonly watch: (listener: () => void) => () => void;
	readonly close: () => Promise<void>;
};
