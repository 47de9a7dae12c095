import {type AuditRecord, type CwsEvent, type NewEvent} from '../../core/event.ts';
import {type Failure} from '../../core/failure/failure.ts';
import {type Operation} from '../../core/operation.ts';
import {type Store, type StoredSource} from '../../core/ports/store.ts';
import {type PluginCalls} from './plugin-calls.ts';

/** What the worker is started with. */
export type WorkerStart = {
	readonly file: string;
	readonly pid: number;
	readonly startTime: string;
	readonly now: number;
};

/** A stored source without its rows, which follow in `parts` parts. */
export type SourceHead = Omit<StoredSource, 'resources'> & {readonly parts: number};

type QueryOf<Method extends 'readEvents' | 'readAudit' | 'readOperations' | 'readIntervals'> = Parameters<Store[Method]>[0];

/**
The calls. Input and value travel as JSON text, because a string crosses threads by a memory copy while a deep object is walked twice.
Long lists travel as parts: JSON arrays of a few hundred rows, so that neither side holds its thread for long.
*/
export type StoreCalls = PluginCalls & {
	readonly loadInventory: {readonly input: null; readonly value: readonly SourceHead[]};
	/** Parts: the rows. */
	readonly saveSource: {readonly input: Omit<StoredSource, 'resources'>; readonly value: null};
	readonly appendEvents: {readonly input: readonly (NewEvent & {readonly at: number})[]; readonly value: readonly CwsEvent[]};
	readonly readEvents: {readonly input: QueryOf<'readEvents'>; readonly value: readonly CwsEvent[]};
	readonly appendAudit: {readonly input: Omit<AuditRecord, 'seq'>; readonly value: null};
	readonly readAudit: {readonly input: QueryOf<'readAudit'>; readonly value: readonly AuditRecord[]};
	readonly saveOperation: {readonly input: Operation; readonly value: null};
	readonly readOperations: {readonly input: QueryOf<'readOperations'>; readonly value: readonly Operation[]};
	/** Parts: the readings. */
	readonly recordStates: {readonly input: null; readonly value: null};
	/** Answers in parts. */
	readonly readIntervals: {readonly input: QueryOf<'readIntervals'>; readonly value: null};
	readonly claimRecorder: {readonly input: null; readonly value: boolean};
	/** From now on `changed` is sent when another process wrote. */
	readonly watch: {readonly input: null; readonly value: null};
	readonly close: {readonly input: null; readonly value: null};
};

export type StoreMethod = keyof StoreCalls;

export type ToWorker =
	| {readonly kind: 'part'; readonly id: number; readonly text: string}
	| {readonly kind: 'call'; readonly id: number; readonly method: StoreMethod; readonly now: number; readonly input: string}
	/** The parts sent for this call are not wanted any more. */
	| {readonly kind: 'drop'; readonly id: number};

export type FromWorker =
	| {readonly kind: 'opened'; readonly notices: readonly Failure[]}
	| {readonly kind: 'part'; readonly id: number; readonly text: string}
	/** The call is run again: the parts sent so far are void. */
	| {readonly kind: 'restart'; readonly id: number}
	/** Another process wrote. */
	| {readonly kind: 'changed'}
	/** `notices` is there when it has grown. */
	| {readonly kind: 'done'; readonly id: number; readonly value: string; readonly notices?: readonly Failure[]}
	| {readonly kind: 'failed'; readonly id: number; readonly error: Failure; readonly notices?: readonly Failure[]};

/** Rows in one part: a few milliseconds of JSON. */
export const rowsPerPart = 400;
