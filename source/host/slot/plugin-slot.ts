import {type Failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {cancelledFailure} from '../connection/plugin-failure.ts';
import {type DiscoveredPlugin} from '../manifest/discover.ts';
import {type Instance} from '../supervisor/instance.ts';
import {unknownHealth} from '../supervisor/health-check.ts';
import {createUsage} from '../supervisor/usage.ts';
import {within} from '../within.ts';
import {createIdleStop, mayRest} from './idle-stop.ts';
import {firstRecord} from './first-record.ts';
import {createSlotChanges} from './slot-changes.ts';
import {closingFailure, restingFailure, undeadFailure} from './slot-failures.ts';
import {createHealthCheck} from './slot-health.ts';
import {createLaunch} from './slot-launch.ts';
import {createSlotLife, refusalNow, retire} from './slot-life.ts';
import {createSlotRecord} from './slot-record.ts';
import {type PluginSlot, type SlotDependencies} from './slot-types.ts';

export function createPluginSlot(discovered: DiscoveredPlugin, isDisabled: boolean, given: SlotDependencies): PluginSlot {
	// The person may change the options while cws runs.
	let {options} = given;
	const dependencies: SlotDependencies = {
		...given,
		get options() {
			return options;
		},
	};
	const {clock, limits, log} = dependencies;
	const {id} = discovered.manifest;
	const told = createSlotRecord(firstRecord(discovered, {isDisabled, canRun: dependencies.canRun}), dependencies);
	const usage = createUsage(limits);
	const life = createSlotLife();
	let starting: Promise<Outcome<Instance>> | undefined;
	let cancelComeBack = () => {};

	const refusal = () => refusalNow(life, told);
	const launch = createLaunch({
		life,
		told,
		usage,
		dependencies,
		onGone(weight, error) {
			told.died(weight, error);
			comeBack();
		},
	});

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
		if (life.current !== undefined) {
			return ok(life.current);
		}

		const refused = refusal() ?? (starting === undefined ? await rest(signal) : undefined);
		return refused === undefined ? begin() : failed(refused);
	}

	function begin(): Promise<Outcome<Instance>> {
		if (life.current !== undefined) {
			return Promise.resolve(ok(life.current));
		}

		starting ??= bringUp().finally(() => {
			starting = undefined;
		});
		return starting;
	}

	async function bringUp(): Promise<Outcome<Instance>> {
		const recalling = dependencies.whenReady();
		if (recalling !== undefined) {
			await recalling;
			const remembered = refusal();
			if (remembered !== undefined) {
				return failed(remembered);
			}
		}

		told.starting();
		const launched = await launch();
		const refused = refusal();
		if (refused !== undefined) {
			if ('instance' in launched) {
				void retire(life, launched.instance, refused, {drainMs: 0, deadlineMs: limits.stopMs + limits.shutdownMs});
			}

			return failed(refused);
		}

		if ('failed' in launched) {
			told.startFailed(launched.failed);
			return failed(launched.failed.error);
		}

		take(launched.instance);
		told.emit('plugin.started', 'info', `Plugin ${id} started in ${Math.round(launched.instance.startMs)} ms.`);
		return ok(launched.instance);
	}

	const idle = createIdleStop({
		clock,
		idleMs: limits.idleMs,
		isBusy: () => life.current?.isBusy() === true,
		onIdle() {
			const old = life.current;
			if (old !== undefined) {
				life.current = undefined;
				told.update({state: 'discovered'}, 'usage');
				log.add('debug', 'It was not needed for a while and rests until the next call.');
				void retire(life, old, closingFailure, {drainMs: 0, deadlineMs: limits.stopMs + limits.shutdownMs});
			}
		},
	});

	function take(instance: Instance) {
		life.current = instance;
		usage.restarted();
		told.active(instance);
		used();
	}

	function used() {
		if (life.current !== undefined && mayRest(told.get().manifest)) {
			idle.used();
		}
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

	async function start(): Promise<Outcome<PluginRecord>> {
		const refused = refusal();
		const begun = refused === undefined ? await begin() : failed(refused);
		return begun.ok ? ok(told.get()) : begun;
	}

	async function load(): Promise<Outcome<PluginRecord>> {
		if (told.get().state === 'stopped' && !life.stopping.signal.aborted) {
			told.update({state: 'discovered'});
		}

		return start();
	}

	async function suspend(reason: Failure): Promise<void> {
		const old = life.current;
		life.current = undefined;
		life.isAwaited = life.isAwaited || old !== undefined;
		told.startFailed({stage: 'resolve', error: reason, weight: 0});
		if (old !== undefined) {
			await retire(life, old, reason, {drainMs: 0, deadlineMs: limits.stopMs + limits.shutdownMs});
		}
	}

	function resume() {
		const {state, error} = told.get();
		if (state === 'failed' && error?.code === 'CWS_PLUGIN_DEPENDENCY') {
			told.update({state: 'discovered', health: unknownHealth}, 'error', 'stage');
			if (life.isAwaited) {
				life.isAwaited = false;
				void acquire();
			}
		}
	}

	async function deny(reason: Failure): Promise<void> {
		const old = life.current;
		life.current = undefined;
		told.update({state: 'blocked', stage: 'security', error: reason, health: unknownHealth}, 'retryAt', 'usage');
		if (old !== undefined) {
			await retire(life, old, reason, {drainMs: 0, deadlineMs: limits.stopMs + limits.shutdownMs});
		}
	}

	async function stop(deadlineMs: number): Promise<Failure | undefined> {
		life.stopping.abort(closingFailure);
		cancelComeBack();
		idle.cancel();
		await starting;
		const instance = life.current;
		life.current = undefined;
		if (instance !== undefined) {
			told.update({state: 'stopping'});
			void retire(life, instance, closingFailure, {drainMs: Math.min(500, deadlineMs / 4), deadlineMs});
		}

		const ends = await within(clock, deadlineMs, Promise.all(life.retired));
		told.update({state: instance === undefined ? told.get().state : 'stopped'});
		return life.zombies === 0 && ends?.every(Boolean) === true ? undefined : undeadFailure(id);
	}

	return {
		id,
		directory: discovered.directory,
		refusal: discovered.refusal?.error,
		record: told.get,
		current: () => life.current,
		acquire,
		start,
		load,
		...createSlotChanges({
			life,
			told,
			dependencies,
			start,
			launch,
			take,
			setOptions(next) {
				options = next;
			},
		}),
		checkHealth: createHealthCheck({life, told, dependencies, acquire}),
		tell: parts => told.update(parts),
		suspend,
		resume,
		quarantine: told.quarantined,
		denied: told.denied,
		deny,
		called(ms, isOk) {
			usage.called(ms, isOk);
			used();
		},
		stop,
	};
}
