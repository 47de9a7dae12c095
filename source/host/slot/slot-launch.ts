import {type Failure} from '../../core/failure/failure.ts';
import {type Manifest} from '../../core/manifest.ts';
import {type LoadStage} from '../../core/plugin.ts';
import {type Consent} from '../../core/plugin-parts.ts';
import {type Instance, type InstanceEvents, type LaunchFailure} from '../supervisor/instance.ts';
import {launchInstance} from '../supervisor/launch-instance.ts';
import {type Usage} from '../supervisor/usage.ts';
import {prepare} from './prepare.ts';
import {undeadFailure} from './slot-failures.ts';
import {refusalNow, type SlotLife} from './slot-life.ts';
import {type SlotRecord} from './slot-record.ts';
import {type SlotDependencies} from './slot-types.ts';

export type Launched = {readonly instance: Instance} | {readonly failed: LaunchFailure};

type Options = {
	readonly life: SlotLife;
	readonly told: SlotRecord;
	readonly usage: Usage;
	readonly dependencies: SlotDependencies;
	/** The worker in service died. */
	readonly onGone: (weight: number, error: Failure) => void;
};

/**
Starts one more worker of a plugin, from the check of its manifest to its `start`; whoever asked decides what becomes of it.
With a candidate it is an update: until its worker is in service, the plugin is what it was.
*/
export const createLaunch =
	({life, told, usage, dependencies, onGone}: Options) =>
	async (candidate?: Manifest): Promise<Launched> => {
		const {clock, limits, locale, residentBytes} = dependencies;
		const record = {...told.get(), ...(candidate !== undefined && {manifest: candidate})};
		const {manifest} = record;
		const stop = (stage: LoadStage, error: Failure, consent?: Consent): Launched => ({
			failed: {stage, error, weight: 0, ...(consent !== undefined && {consent})},
		});
		const refused = refusalNow(life, told);
		if (refused !== undefined) {
			return stop('resolve', refused);
		}

		const prepared = await prepare(record, {...dependencies, isChecked: record.origin === 'bundled' && dependencies.bundledAreChecked});
		if (!prepared.ok) {
			return stop(prepared.stage, prepared.error);
		}

		const admitted = await dependencies.admit(record, {memoryStrikes: life.memoryStrikes, onDenied: told.denied});
		if (!admitted.ok) {
			return stop('security', admitted.error, admitted.consent);
		}

		const needed = await dependencies.startNeeded(record);
		if (!needed.ok) {
			life.isAwaited = true;
			return stop('resolve', needed.error);
		}

		const {open, code, capabilities} = admitted.value;
		life.generation++;
		const {generation} = life;
		return launchInstance({
			manifest,
			main: prepared.main,
			generation,
			...(code !== undefined && {code}),
			initialize: {...prepared.initialize, granted: Object.keys(capabilities)},
			locale,
			open,
			clock,
			limits,
			residentBytes,
			capabilities,
			events: eventsOf(generation, {life, told, usage, dependencies, onGone}),
			signal: life.stopping.signal,
		});
	};

function eventsOf(own: number, {life, told, usage, dependencies, onGone}: Options): InstanceEvents {
	const {id} = told.get();
	const {log} = dependencies;
	return {
		onDeath({weight, isMemory}, error) {
			life.memoryStrikes += isMemory === true ? 1 : 0;
			if (life.current?.generation === own) {
				life.current = undefined;
				onGone(weight, error);
			}
		},
		onSample(sample) {
			const figures = life.current?.generation === own ? usage.sampled(sample) : undefined;
			if (figures !== undefined) {
				told.update({usage: figures});
			}
		},
		onHog: () => log.add('warn', `The plugin \`${id}\` keeps a processor busy although nobody asked it for anything.`),
		onLog: log.addFromPlugin,
		onOutput: log.addOutput,
		onEvent: dependencies.onPluginEvent,
		onDenied: told.denied,
		onUncaught: thrown => log.addError('error', 'An error that nobody caught', thrown),
		onUnexpected: (method, thrown) => log.addError('debug', `\`${method}\` threw`, thrown),
		onZombie(isZombie) {
			life.zombies += isZombie ? 1 : -1;
			if (isZombie) {
				log.add('error', undeadFailure(id).message);
				told.emit('plugin.stuck', 'error', `The thread of plugin ${id} does not end; restart cws to be rid of it.`);
			}
		},
	};
}
