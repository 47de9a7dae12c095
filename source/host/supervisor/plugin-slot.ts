import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {failure, type Failure, toFailure} from '../../core/failure.ts';
import {type NewEvent} from '../../core/event.ts';
import {type Health} from '../../core/health.ts';
import {failed, ok, type Outcome} from '../../core/outcome.ts';
import {type EventLevel} from '../../core/event.ts';
import {type LoadStage, type PluginRecord} from '../../core/plugin.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Validate} from '../../core/validate.ts';
import {cancelledFailure} from '../connection/plugin-failure.ts';
import {type HostLimits} from '../limits.ts';
import {checkManifest} from '../manifest/check-manifest.ts';
import {type DiscoveredPlugin, readManifest} from '../manifest/discover.ts';
import {pluginConfig} from '../manifest/plugin-config.ts';
import {type OpenTransport} from '../transport/transport.ts';
import {type Death} from './death.ts';
import {checkInstance, unknownHealth, withHealth} from './health-check.ts';
import {firstRecord} from './first-record.ts';
import {type Instance, launchInstance, type LaunchFailure} from './instance.ts';
import {createStrikes} from './strikes.ts';
import {createUsage} from './usage.ts';

export type SlotDependencies = {
	readonly clock: Clock;
	readonly random: () => number;
	readonly limits: HostLimits;
	readonly locale: string;
	/** Undefined when plugins of this origin cannot run. */
	readonly open: OpenTransport | undefined;
	readonly validator: () => Promise<Validate>;
	readonly options: Readonly<Record<string, unknown>> | undefined;
	readonly directories: {readonly data: string; readonly cache: string};
	readonly residentBytes: () => number;
	readonly onRecord: () => void;
	readonly onLog: (level: EventLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void;
	readonly onPluginLog: (body: unknown) => void;
	readonly onOutput: (stream: 'stdout' | 'stderr', text: string) => void;
	readonly onPluginEvent: (body: unknown) => void;
	readonly onEvent: (event: NewEvent) => void;
};

/** The supervisor of one plugin: its record, its worker and its failures. */
export type PluginSlot = {
	readonly id: string;
	readonly record: () => PluginRecord;
	/** The running worker, without starting one. */
	readonly current: () => Instance | undefined;
	/** Starts the plugin unless it runs, rests after a failure or may not run. */
	readonly acquire: (signal?: AbortSignal) => Promise<Outcome<Instance>>;
	readonly start: () => Promise<Outcome<PluginRecord>>;
	readonly enable: () => Promise<Outcome<PluginRecord>>;
	readonly disable: () => Promise<Outcome<PluginRecord>>;
	readonly reload: () => Promise<Outcome<PluginRecord>>;
	readonly checkHealth: (options: {readonly start: boolean}) => Promise<Outcome<Health>>;
	readonly called: (ms: number, isOk: boolean) => void;
	readonly stop: (deadlineMs: number) => Promise<Failure | undefined>;
};

export function createPluginSlot(discovered: DiscoveredPlugin, isDisabled: boolean, dependencies: SlotDependencies): PluginSlot {
	const {clock, limits, onEvent, onLog} = dependencies;
	const {id} = discovered.manifest;
	const strikes = createStrikes(limits, dependencies.random);
	const usage = createUsage(limits);
	let record = firstRecord(discovered, {isDisabled, canRun: dependencies.open !== undefined});
	let current: Instance | undefined;
	let starting: Promise<Outcome<Instance>> | undefined;
	let generation = 0;
	let zombies = 0;
	let isStopped = false;
	let queue: Promise<unknown> = Promise.resolve();

	function update(change: Partial<PluginRecord>, ...absent: readonly (keyof PluginRecord)[]) {
		const next = {...record, ...change};
		for (const key of absent) {
			delete (next as Partial<Record<keyof PluginRecord, unknown>>)[key];
		}

		record = next;
		dependencies.onRecord();
	}

	const emit = (type: string, level: EventLevel, message: string) => onEvent({type, level, subject: id, message});

	/** Enable, disable, reload and stop never overlap. */
	function exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
		const result = queue.then(work);
		queue = result.catch(() => undefined);
		return result;
	}

	function refusal(): Failure | undefined {
		switch (record.state) {
			case 'disabled': {
				return failure('CWS_PLUGIN_DISABLED', {message: `The plugin \`${id}\` is disabled.`, fix: `Run \`cws plugin enable ${id}\`.`});
			}

			case 'quarantined': {
				return failure('CWS_PLUGIN_QUARANTINED', {
					message: `The plugin \`${id}\` failed too often and was put aside.`,
					...(record.error && {cause: record.error.message}),
					fix: `Run \`cws plugin reload ${id}\` to try it again.`,
				});
			}

			case 'blocked':
			case 'shadowed': {
				return record.error;
			}

			default: {
				return isStopped
					? failure('CWS_CANCELLED', {message: 'cws is closing.'})
					: zombies > 0
						? failure('CWS_PLUGIN_CRASHED', {message: `The old thread of the plugin \`${id}\` does not end.`, fix: 'Restart cws.'})
						: undefined;
			}
		}
	}

	/** How a call fares while the plugin rests after a failure. */
	async function rest(signal?: AbortSignal): Promise<Failure | undefined> {
		if (record.state !== 'failed' && record.state !== 'backoff') {
			return undefined;
		}

		const {retryAt, error} = record;
		if (retryAt === undefined) {
			return error;
		}

		const wait = retryAt - clock.now();
		if (wait > limits.backoffWaitMs) {
			const isOpen = strikes.isOpen(clock.now());
			return failure(isOpen ? 'CWS_PLUGIN_QUARANTINED' : (error?.code ?? 'CWS_PLUGIN_CRASHED'), {
				message: `The plugin \`${id}\` failed${isOpen ? ' several times' : ''} and is tried again in ${Math.ceil(wait / 1000)} s.`,
				...(error && {cause: error.message}),
				fix: `Wait, or run \`cws plugin reload ${id}\`.`,
				retryable: true,
			});
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
		update({state: 'starting'}, 'error', 'stage', 'retryAt');
		const launched = await launch();
		if ('failed' in launched) {
			giveUp(launched.failed);
			return failed(launched.failed.error);
		}

		if (isStopped || record.state === 'disabled') {
			const reason = refusal() ?? cancelledFailure('start');
			await launched.instance.close(reason, {drainMs: 0, deadlineMs: limits.stopMs});
			return failed(reason);
		}

		take(launched.instance);
		emit('plugin.started', 'info', `Plugin ${id} started in ${Math.round(launched.instance.startMs)} ms.`);
		return ok(launched.instance);
	}

	function take(instance: Instance) {
		current = instance;
		usage.restarted();
		update(
			{
				state: 'active',
				generation: instance.generation,
				startedAt: clock.now(),
				startMs: Math.round(instance.startMs),
				isNiced: instance.isNiced,
				strikes: strikes.count(clock.now()),
			},
			'error',
			'stage',
			'retryAt',
		);
	}

	async function launch(): Promise<{readonly instance: Instance} | {readonly failed: LaunchFailure}> {
		const {manifest, directory} = record;
		const problem = (stage: LoadStage, error: Failure) => ({failed: {stage, error, weight: 0}});
		const {open} = dependencies;
		if (open === undefined) {
			return problem('security', record.error ?? failure('CWS_INTERNAL', {message: `No transport for \`${id}\`.`}));
		}

		const validate = await dependencies.validator();
		const wrong = checkManifest(manifest, directory, validate);
		if (wrong !== undefined) {
			return problem('manifest', wrong);
		}

		const config = pluginConfig(manifest, dependencies.options, validate);
		if (!config.ok) {
			return problem('validate', config.error);
		}

		const directories = {data: path.join(dependencies.directories.data, id), cache: path.join(dependencies.directories.cache, id)};
		try {
			mkdirSync(directories.data, {recursive: true});
			mkdirSync(directories.cache, {recursive: true});
		} catch (error) {
			return problem(
				'initialize',
				failure('CWS_READ_ONLY', {message: `The directory of the plugin \`${id}\` cannot be made.`, cause: toFailure(error).message}),
			);
		}

		generation++;
		const own = generation;
		return launchInstance({
			manifest,
			main: path.join(directory, manifest.main),
			generation: own,
			initialize: {id, config: config.value, directories},
			locale: dependencies.locale,
			open,
			clock,
			limits,
			residentBytes: dependencies.residentBytes,
			events: {
				onDeath(death, error) {
					if (current?.generation === own) {
						buried(death, error);
					}
				},
				onSample(sample) {
					const figures = current?.generation === own ? usage.sampled(sample) : undefined;
					if (figures !== undefined) {
						update({usage: figures});
					}
				},
				onHog: () => onLog('warn', `The plugin \`${id}\` keeps a processor busy although nobody asked it for anything.`),
				onLog: dependencies.onPluginLog,
				onOutput: dependencies.onOutput,
				onEvent: dependencies.onPluginEvent,
				onUncaught: body => onLog('error', `An error that nobody caught: ${messageOf(body)}`, stackOf(body)),
				onUnexpected: (method, body) => onLog('debug', `\`${method}\` threw: ${messageOf(body)}`, stackOf(body)),
				onZombie(isZombie) {
					zombies += isZombie ? 1 : -1;
					if (isZombie) {
						onLog('error', `The thread of the plugin \`${id}\` does not end.`);
						emit('plugin.stuck', 'error', `The thread of plugin ${id} does not end; restart cws to be rid of it.`);
					}
				},
			},
		});
	}

	function giveUp({stage, error, weight}: LaunchFailure) {
		onLog('error', error.cause === undefined ? error.message : `${error.message} ${error.cause}`);
		if (weight === 0) {
			update({state: 'failed', stage, error, health: {...record.health, status: 'fail', output: error.message}}, 'retryAt');
			emit('plugin.failed', 'error', `Plugin ${id} failed at ${stage}: ${error.message}`);
			return;
		}

		punish(weight, {state: 'failed', stage, error});
	}

	function buried({weight}: Death, error: Failure) {
		current = undefined;
		onLog('error', error.message);
		punish(weight, {state: 'backoff', error});
	}

	function punish(weight: number, change: Pick<PluginRecord, 'state' | 'error' | 'stage'>) {
		const now = clock.now();
		const verdict = strikes.add(now, weight);
		const message = change.error?.message ?? 'It failed.';
		update({
			...change,
			strikes: verdict.strikes,
			health: {...record.health, status: 'fail', output: message},
			...(verdict.isQuarantined ? {state: 'quarantined' as const} : {retryAt: now + verdict.backoffMs}),
		});
		emit(verdict.isQuarantined ? 'plugin.quarantined' : 'plugin.failed', 'error', message);
	}

	async function closeCurrent(reason: Failure, drainMs: number, deadlineMs: number): Promise<boolean> {
		const instance = current;
		current = undefined;
		return instance === undefined || instance.close(reason, {drainMs, deadlineMs});
	}

	async function start(): Promise<Outcome<PluginRecord>> {
		const refused = refusal();
		if (refused !== undefined) {
			return failed(refused);
		}

		const begun = await begin();
		return begun.ok ? ok(record) : begun;
	}

	async function replace(): Promise<Outcome<PluginRecord>> {
		const previous = record;
		const {manifest, error} = readManifest(record.directory);
		if (record.state === 'disabled' || record.state === 'blocked' || record.state === 'shadowed') {
			return failed(refusal()!);
		}

		if (error !== undefined) {
			if (current === undefined) {
				update({state: 'failed', stage: 'manifest', error});
			}

			return failed(error);
		}

		record = {...record, manifest: manifest.id === id ? manifest : record.manifest};
		strikes.clear();
		if (current === undefined) {
			update({state: 'discovered', strikes: 0}, 'error', 'stage', 'retryAt');
			return start();
		}

		const launched = await launch();
		if ('failed' in launched) {
			update({manifest: previous.manifest, error: launched.failed.error});
			return failed(launched.failed.error);
		}

		const health = await checkInstance(launched.instance, id, clock, limits);
		if (!health.ok) {
			update({manifest: previous.manifest, error: health.error});
			void launched.instance.close(health.error, {drainMs: 0, deadlineMs: limits.stopMs});
			return failed(health.error);
		}

		const old = current;
		take(launched.instance);
		update(withHealth(record, health.value, clock.now()));
		emit('plugin.reloaded', 'info', `Plugin ${id} was reloaded.`);
		void old?.close(reloadedFailure(id), {drainMs: limits.drainMs, deadlineMs: limits.drainMs + limits.stopMs + limits.shutdownMs});
		return ok(record);
	}

	return {
		id,
		record: () => record,
		current: () => current,
		acquire,
		start,
		enable: () =>
			exclusive(async () => {
				if (record.state === 'disabled') {
					update({state: 'discovered', health: unknownHealth});
					emit('plugin.enabled', 'info', `Plugin ${id} was enabled.`);
				}

				return start();
			}),
		disable: () =>
			exclusive(async () => {
				if (record.state === 'blocked' || record.state === 'shadowed') {
					return failed(record.error!);
				}

				update({state: 'disabled', health: unknownHealth}, 'error', 'stage', 'retryAt', 'usage');
				await closeCurrent(refusal()!, 0, limits.stopMs + limits.shutdownMs);
				emit('plugin.disabled', 'info', `Plugin ${id} was disabled.`);
				return ok(record);
			}),
		reload: () => exclusive(replace),
		async checkHealth({start: mayStart}) {
			if (current === undefined && !mayStart) {
				return ok(record.health);
			}

			const acquired = await acquire();
			if (!acquired.ok) {
				return acquired;
			}

			const checked = await checkInstance(acquired.value, id, clock, limits);
			const health: Health = checked.ok ? checked.value : {status: 'fail', output: checked.error.message};
			const before = record.health.status;
			update(withHealth(record, health, clock.now()));
			if (before !== health.status) {
				onEvent({
					type: 'plugin.health.changed',
					level: health.status === 'fail' ? 'error' : health.status === 'warn' ? 'warn' : 'info',
					subject: id,
					message: `Health of ${id} is ${health.status}${health.output === undefined ? '' : `: ${health.output}`}`,
				});
			}

			return ok(record.health);
		},
		called: usage.called,
		stop: deadlineMs =>
			(async () => {
				isStopped = true;
				if (starting !== undefined) {
					await Promise.race([starting, clock.sleep(deadlineMs / 2)]);
				}

				if (current === undefined) {
					return undefined;
				}

				update({state: 'stopping'});
				const isGone = await closeCurrent(
					failure('CWS_CANCELLED', {message: 'cws is closing.'}),
					Math.min(500, deadlineMs / 4),
					deadlineMs,
				);
				update({state: 'stopped'});
				return isGone
					? undefined
					: failure('CWS_PLUGIN_TIMEOUT', {message: `The thread of the plugin \`${id}\` does not end.`, fix: 'End cws with SIGKILL.'});
			})(),
	};
}

const reloadedFailure = (id: string): Failure =>
	failure('CWS_PLUGIN_CRASHED', {
		message: `The plugin \`${id}\` was reloaded meanwhile.`,
		fix: 'Try again; the new one answers.',
		retryable: true,
	});

const messageOf = (body: unknown): string => {
	const {name, message} = (body ?? {}) as {readonly name?: unknown; readonly message?: unknown};
	return `${typeof name === 'string' ? name : 'Error'}: ${typeof message === 'string' ? message : ''}`;
};

const stackOf = (body: unknown): Readonly<Record<string, unknown>> | undefined => {
	const stack: unknown = (body as {readonly stack?: unknown} | null)?.stack;
	return typeof stack === 'string' ? {stack} : undefined;
};
