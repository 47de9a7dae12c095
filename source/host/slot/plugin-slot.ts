import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Health} from '../../core/health.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {cancelledFailure} from '../connection/plugin-failure.ts';
import {type DiscoveredPlugin, readManifest} from '../manifest/discover.ts';
import {firstRecord} from './first-record.ts';
import {checkInstance, healthEvent, unknownHealth, withHealth} from '../supervisor/health-check.ts';
import {type Instance, type InstanceEvents, type LaunchFailure, launchInstance} from '../supervisor/instance.ts';
import {prepare} from './prepare.ts';
import {closingFailure, refusalOf, reloadedFailure, restingFailure, undeadFailure, zombieFailure} from './slot-failures.ts';
import {createSlotRecord} from './slot-record.ts';
import {type PluginSlot, type SlotDependencies} from './slot-types.ts';
import {createUsage} from '../supervisor/usage.ts';
import {within} from '../within.ts';

type Launched = {readonly instance: Instance} | {readonly failed: LaunchFailure};

export function createPluginSlot(discovered: DiscoveredPlugin, isDisabled: boolean, dependencies: SlotDependencies): PluginSlot {
	const {clock, limits, log, onEvent} = dependencies;
	const {id} = discovered.manifest;
	const told = createSlotRecord(firstRecord(discovered, {isDisabled, canRun: dependencies.open !== undefined}), dependencies);
	const {update, emit} = told;
	const usage = createUsage(limits);
	const stopping = new AbortController();
	// Old workers on their way out.
	const retired = new Set<Promise<boolean>>();
	let current: Instance | undefined;
	let starting: Promise<Outcome<Instance>> | undefined;
	let generation = 0;
	let zombies = 0;
	let queue: Promise<unknown> = Promise.resolve();
	let cancelComeBack = () => {};

	/** Enable, disable and reload never overlap. */
	function exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
		const result = queue.then(work);
		queue = result.catch(() => undefined);
		return result;
	}

	const refusal = (): Failure | undefined =>
		refusalOf(told.get()) ?? (stopping.signal.aborted ? closingFailure : zombies > 0 ? zombieFailure(id) : undefined);

	/** Waits out a short rest after a failure; a long one is a failure of the call. */
	async function rest(signal?: AbortSignal): Promise<Failure | undefined> {
		const {state, retryAt, error} = told.get();
		if (state !== 'failed' && state !== 'backoff') {
			return undefined;
		}

		if (retryAt === undefined) {
			return error;
		}

		const wait = retryAt - clock.now();
		if (wait > limits.backoffWaitMs) {
			return restingFailure(told.get(), wait, told.isCircuitOpen());
		}

		if (wait > 0) {
			await clock.sleep(wait, signal).catch(() => undefined);
		}

		return signal?.aborted === true ? cancelledFailure('start') : undefined;
	}

	async function acquire(signal?: AbortSignal): Promise<Outcome<Instance>> {
		if (current !== undefined) {
			return ok(current);
		}

		const refused = refusal() ?? (starting === undefined ? await rest(signal) : undefined);
		return refused === undefined ? begin() : failed(refused);
	}

	function begin(): Promise<Outcome<Instance>> {
		if (current !== undefined) {
			return Promise.resolve(ok(current));
		}

		starting ??= bringUp().finally(() => {
			starting = undefined;
		});
		return starting;
	}

	async function bringUp(): Promise<Outcome<Instance>> {
		told.starting();
		const launched = await launch();
		const refused = refusal();
		if (refused !== undefined) {
			if ('instance' in launched) {
				void retire(launched.instance, refused, 0);
			}

			return failed(refused);
		}

		if ('failed' in launched) {
			told.startFailed(launched.failed);
			return failed(launched.failed.error);
		}

		take(launched.instance);
		emit('plugin.started', 'info', `Plugin ${id} started in ${Math.round(launched.instance.startMs)} ms.`);
		return ok(launched.instance);
	}

	function take(instance: Instance) {
		current = instance;
		usage.restarted();
		told.active(instance);
	}

	async function launch(): Promise<Launched> {
		const {open, locale, residentBytes} = dependencies;
		const validate = await dependencies.validator();
		const refused = refusal();
		if (refused !== undefined) {
			return {failed: {stage: 'resolve', error: refused, weight: 0}};
		}

		const prepared = await prepare(told.get(), {...dependencies, validate});
		if (!prepared.ok || open === undefined) {
			const error = prepared.ok ? failure('CWS_NOT_SUPPORTED', {message: `The plugin \`${id}\` cannot run here.`}) : prepared.error;
			return {failed: {stage: prepared.ok ? 'security' : prepared.stage, error, weight: 0}};
		}

		generation++;
		const {main, initialize} = prepared;
		const {manifest} = told.get();
		const {signal} = stopping;
		const events = eventsOf(generation);
		return launchInstance({manifest, main, generation, initialize, locale, open, clock, limits, residentBytes, events, signal});
	}

	function eventsOf(own: number): InstanceEvents {
		return {
			onDeath({weight}, error) {
				if (current?.generation === own) {
					current = undefined;
					told.died(weight, error);
					comeBack();
				}
			},
			onSample(sample) {
				const figures = current?.generation === own ? usage.sampled(sample) : undefined;
				if (figures !== undefined) {
					update({usage: figures});
				}
			},
			onHog: () => log.add('warn', `The plugin \`${id}\` keeps a processor busy although nobody asked it for anything.`),
			onLog: log.addFromPlugin,
			onOutput: log.addOutput,
			onEvent: dependencies.onPluginEvent,
			onUncaught: thrown => log.addError('error', 'An error that nobody caught', thrown),
			onUnexpected: (method, thrown) => log.addError('debug', `\`${method}\` threw`, thrown),
			onZombie(isZombie) {
				zombies += isZombie ? 1 : -1;
				if (isZombie) {
					log.add('error', undeadFailure(id).message);
					emit('plugin.stuck', 'error', `The thread of plugin ${id} does not end; restart cws to be rid of it.`);
				}
			},
		};
	}

	/** One that crashed starts again after its rest even when nobody calls it; the strikes end the tries. */
	function comeBack() {
		const {state, retryAt} = told.get();
		cancelComeBack();
		if (state === 'backoff' && retryAt !== undefined) {
			cancelComeBack = clock.after(retryAt - clock.now(), () => {
				if (told.get().state === 'backoff') {
					void acquire();
				}
			});
		}
	}

	/** Lets a worker end in its own time. */
	function retire(instance: Instance, reason: Failure, drainMs: number): Promise<boolean> {
		const ended = instance.close(reason, {drainMs, deadlineMs: drainMs + limits.stopMs + limits.shutdownMs});
		retired.add(ended);
		void ended.then(() => retired.delete(ended));
		return ended;
	}

	async function start(): Promise<Outcome<PluginRecord>> {
		const refused = refusal();
		const begun = refused === undefined ? await begin() : failed(refused);
		return begun.ok ? ok(told.get()) : begun;
	}

	async function enable(): Promise<Outcome<PluginRecord>> {
		if (told.get().state === 'disabled') {
			update({state: 'discovered', health: unknownHealth});
			emit('plugin.enabled', 'info', `Plugin ${id} was enabled.`);
		}

		return start();
	}

	async function disable(): Promise<Outcome<PluginRecord>> {
		const {state, error} = told.get();
		if (error !== undefined && (state === 'blocked' || state === 'shadowed')) {
			return failed(error);
		}

		update({state: 'disabled', health: unknownHealth}, 'error', 'stage', 'retryAt', 'usage');
		const old = current;
		current = undefined;
		if (old !== undefined) {
			await retire(old, refusal()!, 0);
		}

		emit('plugin.disabled', 'info', `Plugin ${id} was disabled.`);
		return ok(told.get());
	}

	async function reload(): Promise<Outcome<PluginRecord>> {
		if (told.get().state === 'disabled' || told.get().state === 'blocked' || told.get().state === 'shadowed' || stopping.signal.aborted) {
			return failed(refusal()!);
		}

		const {manifest, error} = readManifest(told.get().directory);
		if (error !== undefined) {
			update({error, ...(current === undefined && {state: 'failed', stage: 'manifest'})});
			return failed(error);
		}

		const before = told.get().manifest;
		update({manifest: manifest.id === id ? manifest : before});
		told.forgive();
		if (current === undefined) {
			update({state: 'discovered', strikes: 0}, 'error', 'stage', 'retryAt');
			return start();
		}

		const swapped = await swap();
		if (!swapped.ok) {
			// The old worker stays in service with the manifest it was started from.
			update({manifest: before, error: swapped.error});
		}

		return swapped;
	}

	/** A new worker beside the old one takes over once it is healthy enough to answer. */
	async function swap(): Promise<Outcome<PluginRecord>> {
		const launched = await launch();
		if ('failed' in launched) {
			return failed(launched.failed.error);
		}

		const {instance} = launched;
		const health = await checkInstance(instance, clock, limits);
		const refused = health.ok ? refusal() : health.error;
		if (!health.ok || refused !== undefined) {
			void retire(instance, refused ?? closingFailure, 0);
			return failed(refused ?? closingFailure);
		}

		const old = current;
		take(instance);
		update(withHealth(told.get(), health.value, clock.now()));
		emit('plugin.reloaded', 'info', `Plugin ${id} was reloaded.`);
		if (old !== undefined) {
			void retire(old, reloadedFailure(id), limits.drainMs);
		}

		return ok(told.get());
	}

	async function checkHealth({start: mayStart}: {readonly start: boolean}): Promise<Outcome<Health>> {
		if (current === undefined && !mayStart) {
			return ok(told.get().health);
		}

		const acquired = await acquire();
		if (!acquired.ok) {
			return acquired;
		}

		const checked = await checkInstance(acquired.value, clock, limits);
		if (acquired.value !== current) {
			// It died or was replaced meanwhile; that is already told.
			return ok(told.get().health);
		}

		const health: Health = checked.ok ? checked.value : {status: 'fail', output: checked.error.message};
		const before = told.get().health.status;
		update(withHealth(told.get(), health, clock.now()));
		const event = healthEvent(id, before, health);
		if (event !== undefined) {
			onEvent(event);
		}

		return ok(told.get().health);
	}

	async function stop(deadlineMs: number): Promise<Failure | undefined> {
		stopping.abort(closingFailure);
		cancelComeBack();
		await starting;
		const instance = current;
		current = undefined;
		if (instance !== undefined) {
			update({state: 'stopping'});
			const ended = instance.close(closingFailure, {drainMs: Math.min(500, deadlineMs / 4), deadlineMs});
			retired.add(ended);
		}

		const ends = await within(clock, deadlineMs, Promise.all(retired));
		update({state: instance === undefined ? told.get().state : 'stopped'});
		return zombies === 0 && ends?.every(Boolean) === true ? undefined : undeadFailure(id);
	}

	return {
		id,
		record: told.get,
		current: () => current,
		acquire,
		start,
		enable: () => exclusive(enable),
		disable: () => exclusive(disable),
		reload: () => exclusive(reload),
		checkHealth,
		called: usage.called,
		stop,
	};
}
