import {failure, type Failure} from '../core/failure/failure.ts';
import {type AuditRecord, type CwsEvent} from '../core/event.ts';
import {isEnded, type Operation} from '../core/operation.ts';
import {failed, ok} from '../core/failure/outcome.ts';
import {type StateInterval, type StateReading, type Store, type StoredSource} from '../core/ports/store.ts';
import {createFakePluginKeep, type FakePluginKeep} from './fake-plugin-keep.ts';

export type FakeStore = Store & {
	readonly plugins: FakePluginKeep;
	readonly sources: Map<string, StoredSource>;
	readonly events: CwsEvent[];
	readonly audit: AuditRecord[];
	readonly operations: Map<string, Operation>;
	readonly readings: StateReading[];
	readonly intervals: StateInterval[];
	/** How often each source was saved. */
	readonly saves: string[];
	/** What another process would have done by writing. */
	readonly tellWatchers: () => void;
	isRecorder: boolean;
	/** Every method then answers with it. */
	broken?: Failure;
	isClosed: boolean;
};

/** A database in memory with the rules of the real one. */
export function createFakeStore({isAlive = () => true}: {readonly isAlive?: (pid: number) => boolean} = {}): FakeStore {
	const answer = async <Value>(run: () => Value) => (store.broken ? failed(store.broken) : ok(run()));
	const watchers = new Set<() => void>();
	const store: FakeStore = {
		sources: new Map(),
		events: [],
		audit: [],
		operations: new Map(),
		readings: [],
		intervals: [],
		saves: [],
		isRecorder: true,
		isClosed: false,
		plugins: createFakePluginKeep(() => store.broken),
		notices: () => [],
		loadInventory: () => answer(() => [...store.sources.values()]),
		saveSource: source =>
			answer(() => {
				store.sources.set(source.key, source);
				store.saves.push(source.key);
			}),
		appendEvents: events =>
			answer(() => {
				const stored = events.map((event, index) => ({...event, seq: store.events.length + index + 1}));
				store.events.push(...stored);
				return stored;
			}),
		readEvents: ({limit, afterSeq = 0, type, ref}) =>
			answer(() =>
				store.events
					.filter(event => event.seq > afterSeq && (type === undefined || event.type === type) && (ref === undefined || event.ref === ref))
					.toReversed()
					.slice(0, limit),
			),
		appendAudit: record =>
			answer(() => {
				store.audit.push({...record, seq: store.audit.length + 1});
			}),
		readAudit: ({limit}) => answer(() => store.audit.toReversed().slice(0, limit)),
		async saveOperation(operation) {
			const holder = [...store.operations.values()].find(
				other =>
					other.id !== operation.id &&
					!isEnded(other.state) &&
					isAlive(other.pid) &&
					other.provider === operation.provider &&
					other.type === operation.type &&
					other.name === operation.name,
			);
			if (holder && !store.operations.has(operation.id)) {
				return failed(failure('CWS_CONFLICT', {message: `${holder.action} of \`${holder.name}\` is running.`}));
			}

			return answer(() => {
				store.operations.set(operation.id, operation);
			});
		},
		readOperations: ({limit, unfinishedOnly}) =>
			answer(() =>
				[...store.operations.values()]
					.filter(({state}) => !unfinishedOnly || !isEnded(state))
					.toReversed()
					.slice(0, limit),
			),
		recordStates: readings =>
			answer(() => {
				store.readings.push(...readings);
			}),
		readIntervals: () => answer(() => store.intervals),
		claimRecorder: () => answer(() => store.isRecorder),
		watch(listener) {
			watchers.add(listener);
			return () => {
				watchers.delete(listener);
			};
		},
		tellWatchers() {
			for (const listener of watchers) {
				listener();
			}
		},
		async close() {
			store.isClosed = true;
		},
	};
	return store;
}
