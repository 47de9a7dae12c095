import {type Failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type Consent} from '../../core/plugin-parts.ts';
import {readManifest} from '../manifest/read-manifest.ts';
import {checkInstance, unknownHealth, withHealth} from '../supervisor/health-check.ts';
import {type Instance} from '../supervisor/instance.ts';
import {closingFailure, reloadedFailure} from './slot-failures.ts';
import {type Launched} from './slot-launch.ts';
import {refusalNow, retire, type SlotLife} from './slot-life.ts';
import {type SlotRecord} from './slot-record.ts';
import {type PluginSlot, type SlotDependencies} from './slot-types.ts';

type Changes = Pick<PluginSlot, 'enable' | 'disable' | 'unload' | 'reload' | 'reconfigure'>;

type Options = {
	readonly life: SlotLife;
	readonly told: SlotRecord;
	readonly dependencies: SlotDependencies;
	readonly start: () => Promise<Outcome<PluginRecord>>;
	readonly launch: (candidate?: Manifest) => Promise<Launched>;
	/** Puts a worker into service. */
	readonly take: (instance: Instance) => void;
	readonly setOptions: (options: Readonly<Record<string, unknown>> | undefined) => void;
};

/** What a person changes about a plugin: on, off, new code, new options. One at a time. */
export function createSlotChanges({life, told, dependencies, start, launch, take, setOptions}: Options): Changes {
	const {clock, limits} = dependencies;
	const {id} = told.get();
	let queue: Promise<unknown> = Promise.resolve();
	let waitingReload: Promise<Outcome<PluginRecord>> | undefined;

	function exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
		const result = queue.then(work);
		queue = result.catch(() => undefined);
		return result;
	}

	const atOnce = {drainMs: 0, deadlineMs: limits.stopMs + limits.shutdownMs};
	const inUse = {drainMs: limits.drainMs, deadlineMs: limits.drainMs + limits.stopMs + limits.shutdownMs};

	async function enable(): Promise<Outcome<PluginRecord>> {
		if (told.get().state === 'disabled') {
			told.update({state: 'discovered', health: unknownHealth});
			told.emit('plugin.enabled', 'info', `Plugin ${id} was enabled.`);
		}

		return start();
	}

	/** Takes it out of service for a reason that `state` stands for. */
	async function takeAway(state: 'disabled' | 'stopped', event: string): Promise<Outcome<PluginRecord>> {
		const before = told.get();
		if (before.error !== undefined && (before.state === 'blocked' || before.state === 'shadowed')) {
			return failed(before.error);
		}

		told.update({state, health: unknownHealth}, 'error', 'stage', 'retryAt', 'usage');
		const old = life.current;
		life.current = undefined;
		if (old !== undefined) {
			await retire(life, old, refusalNow(life, told) ?? closingFailure, atOnce);
		}

		told.emit(`plugin.${event}`, 'info', `Plugin ${id} was ${event}.`);
		return ok(told.get());
	}

	async function reload(): Promise<Outcome<PluginRecord>> {
		const {state, error: waitsFor} = told.get();
		if (
			state === 'disabled' ||
			(state === 'blocked' && waitsFor?.code !== 'CWS_PLUGIN_CONSENT') ||
			state === 'shadowed' ||
			life.stopping.signal.aborted
		) {
			return failed(refusalNow(life, told)!);
		}

		const {manifest, error} = readManifest(told.get().directory);
		if (error !== undefined) {
			told.update({error, ...(life.current === undefined && {state: 'failed', stage: 'manifest'})});
			return failed(error);
		}

		return restart(manifest.id === id ? manifest : told.get().manifest);
	}

	async function restart(manifest: Manifest): Promise<Outcome<PluginRecord>> {
		told.forgive();
		if (life.current === undefined) {
			told.update({state: 'discovered', strikes: 0, manifest}, 'error', 'stage', 'retryAt', 'consent');
			return start();
		}

		return swap(manifest);
	}

	/** A new worker beside the old one takes over once it is healthy enough to answer. */
	async function swap(manifest: Manifest): Promise<Outcome<PluginRecord>> {
		/** The old worker stays in service. */
		const stay = (error: Failure, consent?: Consent): Outcome<never> => {
			told.update({error, ...(consent !== undefined && {consent})});
			return failed(error);
		};
		const launched = await launch(manifest);
		if ('failed' in launched) {
			return stay(launched.failed.error, launched.failed.consent && {...launched.failed.consent, isUpdate: true});
		}

		const {instance} = launched;
		const health = await checkInstance(instance, clock, limits);
		const refused: Failure | undefined = health.ok ? refusalNow(life, told) : health.error;
		if (!health.ok || refused !== undefined) {
			void retire(life, instance, refused ?? closingFailure, atOnce);
			return stay(refused ?? closingFailure);
		}

		const old = life.current;
		told.update({manifest});
		take(instance);
		told.update(withHealth(told.get(), health.value, clock.now()));
		told.emit('plugin.reloaded', 'info', `Plugin ${id} was reloaded.`);
		if (old !== undefined) {
			void retire(life, old, reloadedFailure(id), inUse);
		}

		return ok(told.get());
	}

	return {
		enable: () => exclusive(enable),
		disable: () => exclusive(() => takeAway('disabled', 'disabled')),
		unload: () => exclusive(() => takeAway('stopped', 'unloaded')),
		reload() {
			// A storm of them is one: whoever waits for its turn takes what lies on the disk then.
			waitingReload ??= exclusive(() => {
				waitingReload = undefined;
				return reload();
			});
			return waitingReload;
		},
		reconfigure: options =>
			exclusive(async () => {
				setOptions(options);
				const running = life.current;
				const {state} = told.get();
				// One that does not run takes them at its next start; one that failed may have failed because of them.
				return running === undefined && state !== 'failed' ? ok(told.get()) : restart(told.get().manifest);
			}),
	};
}
