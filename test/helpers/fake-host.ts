import {failure} from '../../source/core/failure/failure.ts';
import {type NewEvent} from '../../source/core/event.ts';
import {type ResourceTypeContribution} from '../../source/core/manifest/contributions.ts';
import {failed, ok, type Outcome} from '../../source/core/failure/outcome.ts';
import {type LogRecord, type PluginRecord} from '../../source/core/plugin.ts';
import {type PluginAttach, type PluginCall, type PluginHost, type PluginHostListener} from '../../source/core/ports/plugin-host.ts';
import {type ProviderResource} from '../../source/core/resource.ts';
import {type ListPage, type ResourceChange, type ResourceTarget} from '../../source/sdk/provider.ts';

type Answer = (call: PluginCall) => Promise<Outcome<unknown>> | Outcome<unknown>;

export type FakeHost = PluginHost & {
	/** What the provider has, by `provider/type`; lists and reads answer from it. */
	readonly rows: Map<string, readonly ProviderResource[]>;
	/** Everything that was asked, in order. */
	readonly asked: PluginCall[];
	/** Events the engine told the plugins. */
	readonly heard: Parameters<PluginHost['emitEvent']>[0][];
	/** What handlers of a "prepared" event change. */
	readonly patch: (event: string, change: Readonly<Record<string, unknown>>) => void;
	/** Answers a method in place of the rows. */
	readonly answer: (method: string, answer: Answer) => void;
	/** Answers the lists of one source with these items in place of the rows. */
	readonly answerList: (key: string, list: (call: PluginCall) => AsyncIterable<Outcome<readonly ListPage[]>>) => void;
	/** Pushes changes through `provider.watch`. */
	readonly push: (changes: readonly ResourceChange[]) => void;
	readonly change: (plugin: string, patch: Partial<PluginRecord>) => void;
	readonly emit: (...events: readonly NewEvent[]) => void;
	readonly log: (...logs: readonly LogRecord[]) => void;
	readonly methods: () => readonly string[];
};

/** A plugin host that plays its part from a script. */
export function createFakeHost(plugins: readonly PluginRecord[]): FakeHost {
	let records = plugins;
	const listeners = new Set<PluginHostListener>();
	const rows: FakeHost['rows'] = new Map();
	const asked: PluginCall[] = [];
	const answers = new Map<string, Answer>();
	const lists = new Map<string, Parameters<FakeHost['answerList']>[1]>();
	const watchers = new Set<(changes: readonly ResourceChange[]) => void>();

	const change: FakeHost['change'] = (plugin, patch) => {
		records = records.map(record => (record.id === plugin ? {...record, ...patch} : record));
		for (const listener of listeners) {
			listener.onRecords?.(records);
		}
	};

	const act = async (plugin: string, patch: Partial<PluginRecord>): Promise<Outcome<PluginRecord>> => {
		change(plugin, patch);
		return ok(records.find(({id}) => id === plugin)!);
	};

	const heard: FakeHost['heard'] = [];
	const patches = new Map<string, Readonly<Record<string, unknown>>>();
	const onTask = (method: string, plugin: string, task: string): Outcome<void> => {
		asked.push({plugin, method, args: [task]});
		return ok(undefined);
	};

	const get = ({provider, type, id}: ResourceTarget): Outcome<ProviderResource | null> =>
		ok(rows.get(`${provider}/${type}`)?.find(row => row.id === id) ?? null);

	async function* list(call: PluginCall): AsyncGenerator<Outcome<readonly ListPage[]>> {
		const {provider, type} = call.args[0] as {provider: string; type: string};
		const own = lists.get(`${provider}/${type}`);
		if (own) {
			yield* own(call);
			return;
		}

		yield ok([{resources: rows.get(`${provider}/${type}`) ?? []}]);
	}

	async function* watch({signal}: PluginCall): AsyncGenerator<Outcome<readonly ResourceChange[]>> {
		const waiting: (readonly ResourceChange[])[] = [];
		let wake = Promise.withResolvers<void>();
		const listen = (changes: readonly ResourceChange[]) => {
			waiting.push(changes);
			wake.resolve();
		};
		watchers.add(listen);
		signal?.addEventListener('abort', () => {
			wake.resolve();
		});
		for (;;) {
			await wake.promise;
			if (signal?.aborted) {
				return;
			}

			wake = Promise.withResolvers();
			for (const changes of waiting.splice(0)) {
				yield ok(changes);
			}
		}
	}

	return {
		rows,
		asked,
		heard,
		patch(event, change) {
			patches.set(event, change);
		},
		answer(method, answer) {
			answers.set(method, answer);
		},
		answerList(key, answer) {
			lists.set(key, answer);
		},
		push(changes) {
			for (const watcher of watchers) {
				watcher(changes);
			}
		},
		change,
		emit(...events) {
			for (const listener of listeners) {
				listener.onEvents?.(events);
			}
		},
		log(...logs) {
			for (const listener of listeners) {
				listener.onLogs?.(logs);
			}
		},
		methods: () => asked.map(({method}) => method),
		records: () => records,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		async call<Result>(call: PluginCall) {
			asked.push(call);
			const answer = answers.get(call.method);
			if (answer) {
				return (await answer(call)) as Outcome<Result>;
			}

			return (
				call.method === 'provider.get'
					? get(call.args[0] as ResourceTarget)
					: failed(failure('CWS_NOT_SUPPORTED', {message: `no ${call.method}`}))
			) as Outcome<Result>;
		},
		async *stream<Item>(call: PluginCall) {
			asked.push(call);
			const answer = answers.get(call.method);
			if (answer) {
				yield (await answer(call)) as Outcome<readonly Item[]>;
			} else if (call.method === 'provider.list') {
				yield* list(call) as AsyncIterable<Outcome<readonly Item[]>>;
			} else if (call.method === 'provider.watch') {
				yield* watch(call) as AsyncIterable<Outcome<readonly Item[]>>;
			}
		},
		async checkHealth(plugin) {
			asked.push({plugin, method: 'health', args: []});
			return ok({status: 'pass'});
		},
		start: plugin => act(plugin, {state: 'active', generation: 1}),
		enable: plugin => act(plugin, {state: 'active', generation: 2}),
		disable: plugin => act(plugin, {state: 'disabled'}),
		async followDisabled(ids) {
			asked.push({plugin: '', method: 'followDisabled', args: [ids]});
		},
		reload: plugin => act(plugin, {state: 'active', generation: records.find(({id}) => id === plugin)!.generation + 1}),
		grant: plugin => act(plugin, {state: 'active', generation: 1, consent: undefined}),
		deny: plugin => act(plugin, {state: 'blocked'}),
		async load(plugin) {
			const isLoaded = records.some(({id, state}) => id === plugin && state === 'active');
			const loaded = isLoaded ? ok(records.find(({id}) => id === plugin)!) : await act(plugin, {state: 'active', generation: 1});
			return loaded.ok ? ok({status: isLoaded ? 'already_loaded' : 'loaded', record: loaded.value}) : loaded;
		},
		async unload(plugin) {
			const isLoaded = records.some(({id, state}) => id === plugin && state !== 'stopped');
			const unloaded = await act(plugin, {state: 'stopped'});
			return unloaded.ok ? ok({status: isLoaded ? 'unloaded' : 'not_loaded', record: unloaded.value}) : unloaded;
		},
		async rescan() {
			asked.push({plugin: '', method: 'rescan', args: []});
			return records;
		},
		async reconfigure(plugin, options) {
			asked.push({plugin, method: 'reconfigure', args: [options]});
			return ok(records.find(({id}) => id === plugin)!);
		},
		initializationOrder: () => records.map(({id}) => id),
		setRecorder(isRecorder) {
			asked.push({plugin: '', method: 'setRecorder', args: [isRecorder]});
		},
		runTask: async (plugin, task) => onTask('runTask', plugin, task),
		cancelTask: async (plugin, task) => onTask('cancelTask', plugin, task),
		pauseTask: async (plugin, task) => onTask('pauseTask', plugin, task),
		resumeTask: async (plugin, task) => onTask('resumeTask', plugin, task),
		emitEvent(event) {
			heard.push(event);
		},
		async prepareEvent(name, payload, check) {
			const patched = {...payload, ...patches.get(name)};
			return check(patched) === undefined ? patched : payload;
		},
		async *attach<Item>(call: PluginAttach) {
			asked.push(call);
			const answer = answers.get(call.method);
			if (answer) {
				yield (await answer(call)) as Outcome<readonly Item[]>;
			}
		},
		logs: () => [],
		async stop() {
			return [];
		},
	};
}

/** A plugin as the host shows it. */
export const fakePlugin = (id: string, types: readonly ResourceTypeContribution[], patch: Partial<PluginRecord> = {}): PluginRecord => ({
	id,
	manifest: {id, version: '1.0.0', title: id, kind: 'provider', api: 1, main: 'index.js', contributes: {resourceTypes: types}},
	origin: 'bundled',
	directory: `/plugins/${id}`,
	state: 'discovered',
	generation: 0,
	health: {status: 'unknown'},
	healthHistory: [],
	strikes: 0,
	tasks: [],
	hooks: [],
	services: [],
	requires: [],
	denied: {count: 0},
	...patch,
});
