import {failure, type Failure} from '../core/failure/failure.ts';
import {type Manifest} from '../core/manifest.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type PluginOrigin, type PluginRecord} from '../core/plugin.ts';
import {type LoadAnswer, type PluginHost} from '../core/ports/plugin-host.ts';
import {loadValidator, type Validate} from '../core/schema/validate.ts';
import {createKeepDisabled} from './keep-disabled.ts';
import {defaultLimits} from './limits.ts';
import {type DiscoveredPlugin, discoverPlugins} from './manifest/discover.ts';
import {createNews} from './news.ts';
import {type PluginHostOptions} from './options.ts';
import {createPluginCalls} from './plugin-calls.ts';
import {createPluginLog} from './plugin-log.ts';
import {createPluginTable} from './plugin-table.ts';
import {readEvent} from './read-event.ts';
import {createPluginSlot} from './slot/plugin-slot.ts';
import {type PluginSlot} from './slot/slot-types.ts';
import {type OpenTransport} from './transport/transport.ts';
import {openWorkerTransport} from './transport/worker-transport.ts';

/** The only door to plugin code: finds plugins, runs each in a worker of its own, and supervises them. */
export function createPluginHost(options: PluginHostOptions): PluginHost {
	const {clock} = options;
	const limits = {...defaultLimits, ...options.limits};
	const openWorker = openWorkerTransport(options.workerUrl);
	const kept = createKeepDisabled(options);
	const news = createNews(() => table.records());
	const logs = new Map<string, ReturnType<typeof createPluginLog>>();
	let validator: Promise<Validate> | undefined;

	const discover = () => discoverPlugins(options.pluginDirectories, options.discovery).filter(found => isShown(found, options));
	const table = createPluginTable(discover(), openSlot);
	const calls = createPluginCalls({find: table.find, clock, limits});

	function openSlot(discovered: DiscoveredPlugin): PluginSlot {
		const {id} = discovered.manifest;
		const log = logs.get(id) ?? createPluginLog({plugin: id, clock, capacity: limits.logRecords, onRecord: news.addLog});
		logs.set(id, log);
		return createPluginSlot(discovered, kept.has(id), {
			clock,
			random: options.random ?? Math.random,
			limits,
			locale: options.locale,
			open: transportOf(discovered.origin),
			validator: () => (validator ??= loadValidator()),
			cwsVersion: options.cwsVersion,
			options: optionsOf(discovered.manifest, options),
			directories: options.directories,
			residentBytes: () => process.memoryUsage.rss(),
			onRecord: news.recordChanged,
			log,
			capabilities: async () => ({}),
			onDenied() {},
			onPluginEvent(body) {
				const event = readEvent(id, body);
				if (event !== undefined) {
					news.addEvent(event);
				}
			},
			onEvent: news.addEvent,
		});
	}

	/** Where a plugin runs depends on where it comes from: only those that ship with cws get a worker with all of Node. */
	function transportOf(origin: PluginOrigin): OpenTransport | undefined {
		return origin === 'bundled' ? openWorker : undefined;
	}

	async function onSlot<Value>(id: string, work: (slot: PluginSlot) => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
		const slot = table.find(id);
		return slot.ok ? work(slot.value) : slot;
	}

	async function load(slot: PluginSlot, retries: number): Promise<Outcome<LoadAnswer>> {
		if (slot.current() !== undefined) {
			return ok({status: 'already_loaded', record: slot.record()});
		}

		let loaded = await slot.load();
		for (let left = retries, wait = limits.loadRetryMs; !loaded.ok && left > 0; left--, wait *= 2) {
			await clock.sleep(wait);
			loaded = await slot.load();
		}

		return answer('loaded', loaded);
	}

	const noTask = (plugin: string, task: string) =>
		failed(failure('CWS_NO_TASK', {message: `The plugin \`${plugin}\` has no task \`${task}\`.`}));

	return {
		...calls,
		records: table.records,
		subscribe: news.subscribe,
		checkHealth: (id, {start = false} = {}) => onSlot(id, slot => slot.checkHealth({start})),
		start: id => onSlot(id, slot => slot.start()),
		enable: id =>
			onSlot(id, async slot => {
				const done = await kept.set(id, false);
				return done.ok ? slot.enable() : done;
			}),
		disable: id =>
			onSlot(id, async slot => {
				const done = await kept.set(id, true);
				return done.ok ? slot.disable() : done;
			}),
		reload: id => onSlot(id, slot => slot.reload()),
		load: (id, {retries = 0} = {}) => onSlot(id, slot => load(slot, retries)),
		unload: id =>
			onSlot(id, async slot =>
				slot.record().state === 'stopped' ? ok({status: 'not_loaded', record: slot.record()}) : answer('unloaded', await slot.unload()),
			),
		async rescan() {
			const gone = table.replace(discover());
			await Promise.all(gone.map(slot => slot.stop(limits.stopMs + limits.shutdownMs)));
			news.recordChanged();
			return table.records();
		},
		reconfigure: (id, own) =>
			onSlot(id, slot => slot.reconfigure(optionsOf(slot.record().manifest, {...options, pluginOptions: {[id]: own}}))),
		grant: id => onSlot(id, async slot => ok(slot.record())),
		deny: id => onSlot(id, async slot => ok(slot.record())),
		initializationOrder: () => table.slots().map(({id}) => id),
		setRecorder() {},
		runTask: (id, task) => onSlot(id, async () => noTask(id, task)),
		pauseTask: (id, task) => onSlot(id, async () => noTask(id, task)),
		resumeTask: (id, task) => onSlot(id, async () => noTask(id, task)),
		emitEvent() {},
		prepareEvent: async (_name, payload) => payload,
		logs: id => logs.get(id)?.records() ?? [],
		async stop(deadlineMs) {
			const ends = await Promise.all(table.slots().map(slot => slot.stop(deadlineMs)));
			return ends.filter((end): end is Failure => end !== undefined);
		},
	};
}

const answer = (status: LoadAnswer['status'], outcome: Outcome<PluginRecord>): Outcome<LoadAnswer> =>
	outcome.ok ? ok({status, record: outcome.value}) : outcome;

const isShown = ({manifest: {id, isHidden = false}}: DiscoveredPlugin, {only, includeHidden, onlyHidden}: PluginHostOptions): boolean =>
	only?.includes(id) ?? (isHidden ? includeHidden === true || onlyHidden === true : onlyHidden !== true);

/** What the person set for all plugins, where the plugin knows such an option, below what they set for this one. */
function optionsOf({id, config}: Manifest, {sharedOptions = {}, pluginOptions}: PluginHostOptions): Readonly<Record<string, unknown>> {
	const known = Object.entries(sharedOptions).filter(([key]) => config?.properties?.[key] !== undefined);
	return {...Object.fromEntries(known), ...pluginOptions[id]};
}
