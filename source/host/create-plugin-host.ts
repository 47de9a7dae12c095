import {failure, type Failure} from '../core/failure/failure.ts';
import {type NewEvent} from '../core/event.ts';
import {type Manifest} from '../core/manifest.ts';
import {nearest} from '../core/text/nearest.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type LogRecord, type PluginOrigin, type PluginRecord} from '../core/plugin.ts';
import {type PluginCall, type PluginHost, type PluginHostListener} from '../core/ports/plugin-host.ts';
import {loadValidator, type Validate} from '../core/schema/validate.ts';
import {activates} from './activation.ts';
import {createPluginLog} from './plugin-log.ts';
import {defaultLimits} from './limits.ts';
import {discoverPlugins} from './manifest/discover.ts';
import {type PluginHostOptions} from './options.ts';
import {deadlineOf} from './deadline.ts';
import {readEvent} from './read-event.ts';
import {readProgress} from './read-progress.ts';
import {createPluginSlot} from './slot/plugin-slot.ts';
import {type PluginSlot} from './slot/slot-types.ts';
import {type OpenTransport} from './transport/transport.ts';
import {openWorkerTransport} from './transport/worker-transport.ts';

/** The only door to plugin code: finds plugins, runs each in a worker of its own, and supervises them. */
export function createPluginHost(options: PluginHostOptions): PluginHost {
	const {clock} = options;
	const limits = {...defaultLimits, ...options.limits};
	const listeners = new Set<PluginHostListener>();
	const openWorker = openWorkerTransport(options.workerUrl);
	let disabled: ReadonlySet<string> = new Set(options.disabled);
	let validator: Promise<Validate> | undefined;
	let isScheduled = false;
	let hasNewRecords = false;
	let newLogs: readonly LogRecord[] = [];
	let newEvents: readonly NewEvent[] = [];

	const shown = discoverPlugins(options.pluginDirectories).filter(
		({manifest: {id, isHidden = false}}) =>
			options.only?.includes(id) ??
			(isHidden ? options.includeHidden === true || options.onlyHidden === true : options.onlyHidden !== true),
	);
	const logs = new Map<string, ReturnType<typeof createPluginLog>>();
	const slots: readonly PluginSlot[] = shown.map(discovered => {
		const {id} = discovered.manifest;
		const log = createPluginLog({plugin: id, clock, capacity: limits.logRecords, onRecord: addLog});
		logs.set(id, logs.get(id) ?? log);
		return createPluginSlot(discovered, disabled.has(id), {
			clock,
			random: options.random ?? Math.random,
			limits,
			locale: options.locale,
			open: transportOf(discovered.origin),
			validator: () => (validator ??= loadValidator()),
			options: optionsOf(discovered.manifest, options),
			directories: options.directories,
			residentBytes: () => process.memoryUsage.rss(),
			onRecord() {
				hasNewRecords = true;
				schedule();
			},
			log,
			onPluginEvent(body) {
				const event = readEvent(id, body);
				if (event !== undefined) {
					addEvent(event);
				}
			},
			onEvent: addEvent,
		});
	});
	const byId = new Map(slots.toReversed().map(slot => [slot.id, slot]));
	let records = slots.map(slot => slot.record());

	/** Where a plugin runs depends on where it comes from: only those that ship with cws get a worker with all of Node. */
	function transportOf(origin: PluginOrigin): OpenTransport | undefined {
		return origin === 'bundled' ? openWorker : undefined;
	}

	function schedule() {
		if (!isScheduled) {
			isScheduled = true;
			setImmediate(publish);
		}
	}

	/** One call for each kind of news in a turn of the loop, with everything new. */
	function publish() {
		isScheduled = false;
		const [logBatch, eventBatch] = [newLogs, newEvents];
		const hasRecords = hasNewRecords;
		hasNewRecords = false;
		newLogs = [];
		newEvents = [];
		for (const listener of listeners) {
			if (hasRecords) {
				listener.onRecords?.(currentRecords());
			}

			if (logBatch.length > 0) {
				listener.onLogs?.(logBatch);
			}

			if (eventBatch.length > 0) {
				listener.onEvents?.(eventBatch);
			}
		}
	}

	/** The same list until a record changed. */
	function currentRecords(): readonly PluginRecord[] {
		if (slots.some((slot, index) => slot.record() !== records[index])) {
			records = slots.map(slot => slot.record());
		}

		return records;
	}

	function addLog(record: LogRecord) {
		newLogs = [...newLogs, record];
		schedule();
	}

	function addEvent(event: NewEvent) {
		newEvents = [...newEvents, event];
		schedule();
	}

	function find(id: string): Outcome<PluginSlot> {
		const slot = byId.get(id);
		if (slot !== undefined) {
			return ok(slot);
		}

		const near = nearest(id, byId.keys());
		return failed(
			failure('CWS_NO_PLUGIN', {
				message: `No plugin has the id \`${id}\`.`,
				...(near !== undefined && {fix: `Did you mean \`${near}\`? \`cws plugin list\` shows all.`}),
			}),
		);
	}

	async function acquire({plugin, method, signal}: PluginCall) {
		const slot = find(plugin);
		if (!slot.ok) {
			return slot;
		}

		if (slot.value.current() === undefined && !activates(slot.value.record().manifest, method)) {
			return failed(
				failure('CWS_INVALID_STATE', {message: `The plugin \`${plugin}\` is not running, and \`${method}\` does not start it.`}),
			);
		}

		const instance = await slot.value.acquire(signal);
		// A reload may have swapped the worker since; the new one takes the call.
		return instance.ok ? ok({slot: slot.value, instance: () => slot.value.current() ?? instance.value}) : instance;
	}

	const requestOf = ({method, args, signal, deadlineMs, onProgress}: PluginCall, slot: PluginSlot) => {
		const deadline = deadlineMs ?? deadlineOf(method, slot.record().manifest, limits);
		return {
			method,
			args,
			...(deadline !== undefined && {deadlineMs: deadline}),
			...(signal !== undefined && {signal}),
			...(onProgress !== undefined && {onProgress: (progress: unknown) => onProgress(readProgress(progress))}),
		};
	};

	async function setDisabled(id: string, isDisabled: boolean): Promise<Outcome<void>> {
		const next = new Set(disabled);
		if (isDisabled) {
			next.add(id);
		} else {
			next.delete(id);
		}

		if (next.size === disabled.size) {
			return ok(undefined);
		}

		const kept = await options.setDisabled([...next].toSorted());
		if (kept.ok) {
			disabled = next;
		}

		return kept;
	}

	async function onSlot<Value>(id: string, work: (slot: PluginSlot) => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
		const slot = find(id);
		return slot.ok ? work(slot.value) : slot;
	}

	return {
		records: currentRecords,
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		async call<Result>(call: PluginCall) {
			const acquired = await acquire(call);
			if (!acquired.ok) {
				return acquired;
			}

			const {slot, instance} = acquired.value;
			const startedAt = clock.monotonic();
			const outcome = await instance().call(requestOf(call, slot));
			slot.called(clock.monotonic() - startedAt, outcome.ok);
			return outcome as Outcome<Result>;
		},
		async *stream<Item>(call: PluginCall) {
			const acquired = await acquire(call);
			if (!acquired.ok) {
				yield acquired;
				return;
			}

			const {slot, instance} = acquired.value;
			const startedAt = clock.monotonic();
			let firstMs: number | undefined;
			let isOk = true;
			try {
				for await (const chunk of instance().stream(requestOf(call, slot))) {
					// How long a stream lasts is up to its reader; how soon it begins is up to the plugin.
					firstMs ??= clock.monotonic() - startedAt;
					isOk = chunk.ok;
					yield chunk as Outcome<readonly Item[]>;
				}
			} finally {
				slot.called(firstMs ?? clock.monotonic() - startedAt, isOk);
			}
		},
		checkHealth: (id, {start = false} = {}) => onSlot(id, slot => slot.checkHealth({start})),
		start: id => onSlot(id, slot => slot.start()),
		enable: id =>
			onSlot(id, async slot => {
				const kept = await setDisabled(id, false);
				return kept.ok ? slot.enable() : kept;
			}),
		disable: id =>
			onSlot(id, async slot => {
				const kept = await setDisabled(id, true);
				return kept.ok ? slot.disable() : kept;
			}),
		reload: id => onSlot(id, slot => slot.reload()),
		logs: id => logs.get(id)?.records() ?? [],
		async stop(deadlineMs) {
			const ends = await Promise.all(slots.map(slot => slot.stop(deadlineMs)));
			return ends.filter((end): end is Failure => end !== undefined);
		},
	};
}

/** What the person set for all plugins, where the plugin knows such an option, below what they set for this one. */
function optionsOf({id, config}: Manifest, {sharedOptions = {}, pluginOptions}: PluginHostOptions): Readonly<Record<string, unknown>> {
	const known = Object.entries(sharedOptions).filter(([key]) => config?.properties?.[key] !== undefined);
	return {...Object.fromEntries(known), ...pluginOptions[id]};
}
