import {isAbsent, type PluginRecord} from '../../core/plugin.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type EventLog} from '../records/event-log.ts';
import {addLogs} from '../reducers/event-reducers.ts';
import {type StateStore} from '../state-store.ts';
import {type Inventory, type InventorySource} from './inventory.ts';
import {type Poller, type SeenChange} from './poll/poller.ts';
import {type ReportSeen} from './seen/report-seen.ts';
import {watchPlugin} from './watch-plugin.ts';

export type PluginFollower = {
	/** Takes in the plugins as they are, without starting any. */
	readonly sync: () => void;
	/** Starts the enabled providers, polls their types and listens to what they push. */
	readonly start: () => void;
	readonly stop: () => void;
};

type Options = {
	readonly host: PluginHost;
	readonly clock: Clock;
	readonly state: StateStore;
	readonly inventory: Inventory;
	readonly poller: Poller;
	readonly events: EventLog;
	readonly reportSeen: ReportSeen;
};

const off: ReadonlySet<PluginRecord['state']> = new Set(['disabled', 'blocked', 'shadowed', 'quarantined', 'stopped']);

/** Keeps the engine in step with the host: records, events, logs, and the sources that plugins bring. */
export function createPluginFollower({host, clock, state, inventory, poller, events, reportSeen}: Options): PluginFollower {
	const stopping = new AbortController();
	const watched = new Map<string, {readonly generation: number; readonly controller: AbortController}>();
	const generations = new Map<string, number>();
	/** Folders of plugins that were started. */
	const begun = new Set<string>();
	let isStarted = false;

	const report = (changes: readonly SeenChange[]) => {
		for (const [source, own] of Map.groupBy(changes, ({before, after}) => {
			const row = (after ?? before)!;
			return inventory.source(row.provider, row.type);
		})) {
			if (source) {
				reportSeen(source, own);
			}
		}
	};

	const watch = ({id, generation}: PluginRecord) => {
		watched.get(id)?.controller.abort();
		const controller = new AbortController();
		watched.set(id, {generation, controller});
		const signal = AbortSignal.any([controller.signal, stopping.signal]);
		// After a failure polls wait for minutes; a provider that pushes again is asked at once.
		const onAnswering = (source: InventorySource) => {
			if (state.get().sources.some(({key, phase}) => key === source.key && phase === 'failed')) {
				void poller.poll(source);
			}
		};

		const onLook = (source: InventorySource) => {
			void poller.poll(source);
		};

		void watchPlugin({host, clock, inventory, plugin: id, signal, onSeen: report, onAnswering, onLook});
	};

	const follow = () => {
		const able = new Set(
			host
				.records()
				.filter(({state: phase}) => !off.has(phase))
				.map(({id}) => id),
		);
		for (const [id, {controller}] of watched) {
			if (!able.has(id)) {
				controller.abort();
				watched.delete(id);
			}
		}

		for (const record of host.records()) {
			const isProvider = (record.manifest.contributes?.resourceTypes?.length ?? 0) > 0;
			if (record.state === 'active' && isProvider && watched.get(record.id)?.generation !== record.generation) {
				watch(record);
			}
		}

		for (const source of inventory.sources()) {
			const {state: phase, generation} = source.contribution.plugin;
			poller.follow(source);
			// Whatever made it fail before may be gone with the old worker.
			if (phase === 'active' && generations.get(source.key) !== generation) {
				const isFailed = state.get().sources.some(({key, phase}) => key === source.key && phase === 'failed');
				if (isFailed || generations.has(source.key)) {
					void poller.poll(source);
				}

				generations.set(source.key, generation);
			}
		}
	};

	const sync = () => {
		const records = host.records();
		state.update(current => (current.plugins === records ? current : {...current, plugins: records}));
		inventory.sync(state.get());
		if (isStarted) {
			startNew();
			follow();
		}
	};

	/** Those that were there at the start, and those that were found since; each once. */
	const startNew = () => {
		const there = new Set(host.records().map(({directory}) => directory));
		for (const directory of begun) {
			// What comes back after it was removed is new.
			if (!there.has(directory)) {
				begun.delete(directory);
			}
		}

		for (const record of host.records()) {
			const {id, state: phase, directory, manifest} = record;
			const wantsStart = (manifest.contributes?.resourceTypes?.length ?? 0) > 0 || manifest.activation?.includes('onStartup');
			if (wantsStart && !off.has(phase) && !begun.has(directory) && !isAbsent(record)) {
				begun.add(directory);
				void host.start(id);
			}
		}
	};

	const unsubscribe = host.subscribe({
		onRecords: sync,
		onLogs(logs) {
			state.update(current => addLogs(current, logs));
		},
		onEvents(fresh) {
			// One verb on the command line starts plugins for a moment; that is nobody's history.
			events.emit(...fresh.filter(({type, level}) => isStarted || level === 'error' || !type.startsWith('plugin.')));
		},
	});

	return {
		sync,
		start() {
			isStarted = true;
			startNew();
			sync();
		},
		stop() {
			stopping.abort();
			unsubscribe();
		},
	};
}
