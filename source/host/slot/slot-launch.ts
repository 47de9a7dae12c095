import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Instance, type InstanceEvents, type LaunchFailure, launchInstance} from '../supervisor/instance.ts';
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

/** Starts one more worker of a plugin, from the check of its manifest to its `start`; whoever asked decides what becomes of it. */
export const createLaunch =
	({life, told, usage, dependencies, onGone}: Options) =>
	async (): Promise<Launched> => {
		const {id, manifest} = told.get();
		const {clock, limits, open, locale, residentBytes} = dependencies;
		const validate = await dependencies.validator();
		const refused = refusalNow(life, told);
		if (refused !== undefined) {
			return {failed: {stage: 'resolve', error: refused, weight: 0}};
		}

		const prepared = await prepare(told.get(), {...dependencies, validate});
		if (!prepared.ok || open === undefined) {
			const error = prepared.ok ? failure('CWS_NOT_SUPPORTED', {message: `The plugin \`${id}\` cannot run here.`}) : prepared.error;
			return {failed: {stage: prepared.ok ? 'security' : prepared.stage, error, weight: 0}};
		}

		life.generation++;
		const {generation} = life;
		return launchInstance({
			manifest,
			main: prepared.main,
			generation,
			initialize: prepared.initialize,
			locale,
			open,
			clock,
			limits,
			residentBytes,
			capabilities: await dependencies.capabilities(told.get(), generation),
			events: eventsOf(generation, {life, told, usage, dependencies, onGone}),
			signal: life.stopping.signal,
		});
	};

function eventsOf(own: number, {life, told, usage, dependencies, onGone}: Options): InstanceEvents {
	const {id} = told.get();
	const {log} = dependencies;
	return {
		onDeath({weight}, error) {
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
		onDenied: dependencies.onDenied,
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
