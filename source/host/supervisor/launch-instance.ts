import {failure, type Failure} from '../../core/failure/failure.ts';
import {failed, ok} from '../../core/failure/outcome.ts';
import {type LoadStage} from '../../core/plugin.ts';
import {type Connection, createConnection} from '../connection/connection.ts';
import {timeoutFailure} from '../connection/plugin-failure.ts';
import {missingHandler} from '../slot/check-handlers.ts';
import {within} from '../within.ts';
import {type Death, deathFailure, stuck} from './death.ts';
import {type Instance, type Launch, type LaunchFailure} from './instance.ts';
import {createUncaughtCount} from './uncaught-count.ts';
import {startWatchdog} from './watchdog.ts';

/** Starts one worker of a plugin and takes it through its stages; one that fails any of them leaves nothing behind. */
export async function launchInstance(launch: Launch): Promise<{readonly instance: Instance} | {readonly failed: LaunchFailure}> {
	const {manifest, clock, limits, events} = launch;
	const {id} = manifest;
	const launchedAt = clock.monotonic();
	const transport = launch.open({
		id,
		generation: launch.generation,
		main: launch.main,
		hardHeapMb: limits.hardHeapMb,
		...(launch.code !== undefined && {code: launch.code}),
	});
	let stage: LoadStage | 'active' = 'resolve';
	let died: Death | undefined;
	let isClosing = false;
	const farewells: string[] = [];
	const isTooMany = createUncaughtCount({perMinute: limits.uncaughtPerMinute, monotonic: clock.monotonic});

	const connection: Connection = createConnection({
		plugin: id,
		generation: launch.generation,
		locale: launch.locale,
		transport,
		clock,
		limits,
		capabilities: launch.capabilities,
		events: {
			...events,
			onUncaught(body) {
				events.onUncaught(body);
				if (isTooMany()) {
					die({weight: 1, what: `threw more than ${limits.uncaughtPerMinute} errors that nobody caught`});
				}
			},
			onViolation: what => die({weight: 3, what, isViolation: true}),
			onStuck: () => die(stuck),
		},
	});
	const watchdog = startWatchdog({
		transport,
		connection,
		clock,
		limits,
		quotaBytes: Math.min(manifest.limits?.memoryMb ?? limits.memoryMb, limits.maxMemoryMb) * 1024 * 1024,
		residentBytes: launch.residentBytes,
		isActive: () => stage === 'active',
		onSample: events.onSample,
		onHog() {
			transport.lowerPriority(limits.hogNiceness);
			events.onHog();
		},
		onDeath: die,
	});
	transport.onOutput(events.onOutput);
	transport.onExit(({code, error}) => {
		if (!isClosing) {
			die({
				...(error?.code === 'ERR_WORKER_OUT_OF_MEMORY' ? {weight: 2, isMemory: true} : {weight: 1}),
				what: error === undefined ? `ended its worker with exit code ${code}` : 'lost its worker',
				...(error !== undefined && {cause: error.message}),
			});
		}
	});

	function die(death: Death) {
		if (died !== undefined || isClosing) {
			return;
		}

		died = death;
		const error = deathFailure(id, death);
		watchdog.stop();
		connection.close(error);
		void terminate(limits.zombieMs);
		if (stage === 'active') {
			events.onDeath(death, error);
		}
	}

	/** False when the thread outlives the time it was given. */
	async function terminate(ms: number): Promise<boolean> {
		const killed = transport.kill();
		const inTime = await within(clock, ms, killed);
		if (inTime !== undefined) {
			return true;
		}

		transport.lowerPriority(limits.hogNiceness);
		events.onZombie(true);
		void killed.then(() => events.onZombie(false));
		return false;
	}

	async function close(reason: Failure, {drainMs, deadlineMs}: {readonly drainMs: number; readonly deadlineMs: number}): Promise<boolean> {
		const endsAt = clock.monotonic() + deadlineMs;
		const left = (ms: number) => Math.max(0, Math.min(ms, endsAt - clock.monotonic()));
		if (died === undefined && !isClosing) {
			await within(clock, left(drainMs), connection.drain(reason));
			connection.cancelAll(reason);
			for (const [method, ms] of [
				...farewells.map(method => [method, limits.stopMs] as const),
				['lifecycle.stop', Math.min(manifest.limits?.stopMs ?? limits.stopMs, limits.maxStopMs)],
				['lifecycle.shutdown', limits.shutdownMs],
			] as const) {
				if (stage === 'active' && methods.has(method) && died === undefined && left(ms) > 0) {
					const ended = await within(clock, left(ms), connection.call({method, args: [], deadlineMs: ms}));
					if (ended === undefined) {
						break;
					}
				}
			}
		}

		isClosing = true;
		watchdog.stop();
		connection.close(reason);
		return terminate(Math.max(50, left(limits.zombieMs)));
	}

	const onAbort = () => connection.close(launch.signal.reason as Failure);
	launch.signal.addEventListener('abort', onAbort, {once: true});
	let methods: ReadonlySet<string> = new Set();
	const giveUp = async (error: Failure, weight: number): Promise<{readonly failed: LaunchFailure}> => {
		const failedStage = stage as LoadStage;
		isClosing = true;
		launch.signal.removeEventListener('abort', onAbort);
		watchdog.stop();
		connection.close(error);
		await terminate(limits.zombieMs);
		return {failed: {stage: failedStage, error, weight: died?.weight ?? weight}};
	};

	const loaded = (await within(clock, limits.loadMs, connection.ready)) ?? {
		ok: false as const,
		error: timeoutFailure(id, 'load', limits.loadMs),
	};
	if (!loaded.ok) {
		return giveUp(loaded.error, 1);
	}

	methods = new Set(loaded.value);
	const nice = manifest.limits?.nice ?? limits.niceness;
	const isNiced = nice > 0 && transport.lowerPriority(nice);
	for (const [name, ms] of [
		['initialize', Math.min(manifest.limits?.initializeMs ?? limits.initializeMs, limits.maxInitializeMs)],
		['validate', limits.startMs],
		['register', 0],
		['start', limits.startMs],
	] as const) {
		stage = name;
		const missing = name === 'register' ? missingHandler(manifest, methods) : undefined;
		if (missing !== undefined) {
			return giveUp(missing, 0);
		}

		const method = `lifecycle.${name}`;
		if (!methods.has(method)) {
			continue;
		}

		const outcome = await connection.call({method, args: name === 'initialize' ? [launch.initialize] : [], deadlineMs: ms});
		if (!outcome.ok) {
			return giveUp(outcome.error, 1);
		}

		if (name === 'validate' && typeof outcome.value === 'string' && outcome.value !== '') {
			return giveUp(
				failure('CWS_PLUGIN_FAILED', {
					message: `The plugin \`${id}\` cannot work here.`,
					cause: outcome.value,
					fix: `Mend that, then run \`cws plugin reload ${id}\`.`,
				}),
				0,
			);
		}
	}

	launch.signal.removeEventListener('abort', onAbort);
	if (died !== undefined) {
		return giveUp(deathFailure(id, died), 1);
	}

	stage = 'active';
	return {
		instance: {
			generation: launch.generation,
			startMs: clock.monotonic() - launchedAt,
			isNiced,
			methods,
			call(request) {
				const outcome = connection.call(request);
				watchdog.wake();
				return outcome;
			},
			stream(request) {
				watchdog.wake();
				return connection.stream(request);
			},
			isBusy: connection.isBusy,
			beforeStop: method => void farewells.push(method),
			async answer() {
				if (await connection.answers(limits.silentMs)) {
					return ok(undefined);
				}

				die(stuck);
				return failed(deathFailure(id, stuck));
			},
			close,
		},
	};
}
