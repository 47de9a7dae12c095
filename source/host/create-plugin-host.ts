import {failure, type Failure} from '../core/failure/failure.ts';
import {type Manifest} from '../core/manifest.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {coversTopic} from '../core/permissions/covers.ts';
import {type PermissionItem} from '../core/permissions/permission-item.ts';
import {type PluginRecord} from '../core/plugin.ts';
import {type LoadAnswer, type PluginHost} from '../core/ports/plugin-host.ts';
import {isSameJson} from '../core/schema/same-json.ts';
import {loadValidator, type Validate} from '../core/schema/validate.ts';
import {askerOf, createAdmit} from './admission.ts';
import {createHooks} from './hooks/create-hooks.ts';
import {createKeepDisabled} from './keep-disabled.ts';
import {createKeepPaused} from './keep-paused.ts';
import {createKeepQuarantine} from './keep-quarantine.ts';
import {defaultLimits} from './limits.ts';
import {type DiscoveredPlugin, discoverPlugins} from './manifest/discover.ts';
import {readManifest} from './manifest/read-manifest.ts';
import {verifyPlugins} from './manifest/verify.ts';
import {createNews} from './news.ts';
import {type PluginHostOptions} from './options.ts';
import {createPluginCalls} from './plugin-calls.ts';
import {createPluginLog} from './plugin-log.ts';
import {createPluginTable} from './plugin-table.ts';
import {readEvent} from './read-event.ts';
import {createNeeds} from './resolve/follow-needs.ts';
import {createScheduler} from './scheduler/create-scheduler.ts';
import {createServices} from './services/create-services.ts';
import {createPluginSlot} from './slot/plugin-slot.ts';
import {type PluginSlot} from './slot/slot-types.ts';
import {type Asker} from './trust.ts';
import {openInlineTransport} from './transport/inline-transport.ts';
import {openWorkerTransport} from './transport/worker-transport.ts';

/** The only door to plugin code: finds plugins, runs each in a worker of its own, and supervises them. */
export function createPluginHost(options: PluginHostOptions): PluginHost {
	const {clock} = options;
	const limits = {...defaultLimits, ...options.limits};
	const kept = createKeepDisabled(options);
	const news = createNews(() => table.records());
	const logs = new Map<string, ReturnType<typeof createPluginLog>>();
	const services = createServices({table: () => table, clock, limits});
	const admit = createAdmit({
		...options,
		openWorker: options.isBrief === true ? openInlineTransport : openWorkerTransport(options.workerUrl),
		ownCapabilities: ({id, manifest}) => services(id, manifest),
	});
	const needs = createNeeds(() => table);
	const hooks = createHooks({table: () => table, clock, limits, logOf: id => logs.get(id)});
	const scheduler = createScheduler({
		table: () => table,
		clock,
		random: options.random ?? Math.random,
		limits,
		logOf: id => logs.get(id),
		onEvent: news.addEvent,
		paused: createKeepPaused(options),
		cancelElsewhere: options.cancelElsewhere,
	});
	const quarantine = createKeepQuarantine(options.quarantine, clock, () => table);
	let validator: Promise<Validate> | undefined;
	let isSettling = false;

	const loadValidate = () => (validator ??= loadValidator());
	const discover = () => discoverPlugins(options.pluginDirectories, options.discovery).filter(found => isShown(found, options));
	const table = createPluginTable(discover(), openSlot);
	const calls = createPluginCalls({find: table.find, clock, limits});
	hooks.settle();
	needs.settle();
	scheduler.settle();

	function openSlot(discovered: DiscoveredPlugin): PluginSlot {
		const {id} = discovered.manifest;
		const log = logs.get(id) ?? createPluginLog({plugin: id, clock, capacity: limits.logRecords, onRecord: news.addLog});
		logs.set(id, log);
		return createPluginSlot(discovered, kept.has(id), {
			clock,
			random: options.random ?? Math.random,
			limits,
			locale: options.locale,
			canRun: discovered.origin === 'bundled' || options.trust !== undefined,
			whenReady: quarantine.whenReady,
			admit,
			startNeeded: needs.startNeeded,
			onQuarantine: quarantine.add,
			validator: loadValidate,
			bundledAreChecked: options.bundledAreChecked === true,
			cwsVersion: options.cwsVersion,
			options: optionsOf(discovered.manifest, options),
			directories: options.directories,
			secrets: options.secrets,
			hasBundled: wanted => table.records().some(record => record.id === wanted && record.origin === 'bundled'),
			residentBytes: () => process.memoryUsage.rss(),
			onRecord: changed,
			log,
			onPluginEvent(body) {
				const event = readEvent(id, body);
				if (event !== undefined && maySay(table.get(id)?.record(), event.type)) {
					news.addEvent(event);
				} else if (event !== undefined) {
					table.get(id)?.denied(`the event \`${event.type}\``);
				}
			},
			onEvent: news.addEvent,
		});
	}

	/** What a change means for others is looked at once, when this turn's changes are all there. */
	function changed() {
		news.recordChanged();
		if (!isSettling) {
			isSettling = true;
			queueMicrotask(() => {
				isSettling = false;
				needs.settle();
				hooks.settle();
				scheduler.settle();
			});
		}
	}

	async function onSlot<Value>(id: string, work: (slot: PluginSlot) => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
		const slot = table.find(id);
		if (!slot.ok) {
			return slot;
		}

		const done = await work(slot.value);
		news.flush();
		return done;
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

	return {
		...calls,
		records: table.records,
		subscribe: news.subscribe,
		checkHealth: (id, {start = false} = {}) => onSlot(id, slot => slot.checkHealth({start})),
		start: id => onSlot(id, slot => slot.start()),
		enable: id =>
			onSlot(id, async slot => {
				const done = await kept.set(id, false);
				await quarantine.lift(id);
				return done.ok ? slot.enable() : done;
			}),
		disable: id =>
			onSlot(id, async slot => {
				const done = await kept.set(id, true);
				return done.ok ? slot.disable() : done;
			}),
		async followDisabled(ids) {
			for (const id of kept.adopt(ids)) {
				await onSlot(id, slot => (kept.has(id) ? slot.disable() : slot.enable()));
			}
		},
		reload: id =>
			onSlot(id, async slot => {
				await quarantine.lift(id);
				return slot.reload();
			}),
		load: (id, {retries = 0} = {}) => onSlot(id, slot => load(slot, retries)),
		unload: id =>
			onSlot(id, async slot =>
				slot.record().state === 'stopped' ? ok({status: 'not_loaded', record: slot.record()}) : answer('unloaded', await slot.unload()),
			),
		async rescan() {
			const found = await verifyPlugins(discover(), {validator: loadValidate, cwsVersion: options.cwsVersion});
			const gone = table.replace(found);
			await Promise.all(gone.map(slot => slot.stop(limits.stopMs + limits.shutdownMs)));
			changed();
			return table.records();
		},
		reconfigure: (id, own) =>
			onSlot(id, slot => slot.reconfigure(optionsOf(slot.record().manifest, {...options, pluginOptions: {[id]: own}}))),
		grant: (id, shown) =>
			onSlot(id, async slot => {
				const asker = await askerNow(slot);
				const changed = asker.ok && shown !== undefined ? await changedSince(shown, asker.value, options.trust) : undefined;
				if (changed !== undefined) {
					return failed(changed);
				}

				const granted = asker.ok ? ((await options.trust?.grant(asker.value)) ?? ok(undefined)) : asker;
				return granted.ok ? slot.reload() : granted;
			}),
		deny: id =>
			onSlot(id, async slot => {
				const asker = await askerNow(slot);
				const revoked = asker.ok ? ((await options.trust?.revoke(asker.value)) ?? ok(undefined)) : asker;
				if (!revoked.ok) {
					return revoked;
				}

				await slot.deny(deniedFailure(id));
				return ok(slot.record());
			}),
		initializationOrder: needs.order,
		setRecorder: scheduler.setRecorder,
		runTask: scheduler.runTask,
		cancelTask: scheduler.cancelTask,
		pauseTask: scheduler.pauseTask,
		resumeTask: scheduler.resumeTask,
		emitEvent: hooks.emitEvent,
		prepareEvent: hooks.prepareEvent,
		logs: id => logs.get(id)?.records() ?? [],
		async stop(deadlineMs) {
			scheduler.stop();
			const endsAt = clock.monotonic() + deadlineMs;
			const failures: Failure[] = [];
			const levels = needs.endings();
			// What others need ends after them; each level gets its share of the time that is left.
			for (const [index, level] of levels.entries()) {
				const left = Math.max(0, endsAt - clock.monotonic()) / (levels.length - index);
				const ends = await Promise.all(level.map(slot => slot.stop(left)));
				failures.push(...ends.filter(end => end !== undefined));
			}

			return failures;
		},
	};
}

/** As it lies on the disk now: the update that is waited for, not the old version that runs. */
async function askerNow(slot: PluginSlot): Promise<Outcome<Asker>> {
	const record = slot.record();
	const {manifest, error} = readManifest(slot.directory);
	return error === undefined ? askerOf({...record, manifest}) : failed(error);
}

/** What lies on the disk may have been replaced while somebody read. */
async function changedSince(
	shown: readonly PermissionItem[],
	asker: Asker,
	trust: PluginHostOptions['trust'],
): Promise<Failure | undefined> {
	const missing = (await trust?.missing(asker)) ?? ok(undefined);
	if (!missing.ok) {
		return missing.error;
	}

	const needed = missing.value?.needed ?? [];
	return isSameJson(needed, shown)
		? undefined
		: failure('CWS_PLUGIN_CONSENT', {
				message: `The plugin \`${asker.record.id}\` asks for something else than what was shown; nothing was allowed.`,
				fix: 'Look at it again, and allow it then.',
				details: {plugin: asker.record.id, needed},
			});
}

const deniedFailure = (id: string): Failure =>
	failure('CWS_PLUGIN_CONSENT', {message: `The permissions of the plugin \`${id}\` were refused.`});

const answer = (status: LoadAnswer['status'], outcome: Outcome<PluginRecord>): Outcome<LoadAnswer> =>
	outcome.ok ? ok({status, record: outcome.value}) : outcome;

/** Plugins that come with cws speak for it; others say what is theirs, what is nobody's, and what they may. */
const maySay = (record: PluginRecord | undefined, type: string): boolean =>
	record?.origin === 'bundled' ||
	type.startsWith('custom.') ||
	(record !== undefined && (type.startsWith(`${record.id}.`) || coversTopic(record.manifest.permissions?.events?.publish, type)));

const isShown = ({manifest: {id, isHidden = false}}: DiscoveredPlugin, {only, includeHidden, onlyHidden}: PluginHostOptions): boolean =>
	only?.includes(id) ?? (isHidden ? includeHidden === true || onlyHidden === true : onlyHidden !== true);

/** What the person set for all plugins, where the plugin knows such an option, below what they set for this one. */
function optionsOf({id, config}: Manifest, {sharedOptions = {}, pluginOptions}: PluginHostOptions): Readonly<Record<string, unknown>> {
	const known = Object.entries(sharedOptions).filter(([key]) => config?.properties?.[key] !== undefined);
	return {...Object.fromEntries(known), ...pluginOptions[id]};
}
