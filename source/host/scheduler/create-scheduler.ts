import {failed, mapOutcome, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type NewEvent} from '../../core/event.ts';
import {type TaskContribution} from '../../core/manifest/contributions.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {isOffering} from '../../core/plugin-presence.ts';
import {formatDuration} from '../../core/text/duration.ts';
import {type KeepPaused} from '../keep-paused.ts';
import {type HostLimits} from '../limits.ts';
import {type PluginLog} from '../plugin-log.ts';
import {type PluginTable} from '../plugin-table.ts';
import {type PluginSlot} from '../slot/slot-types.ts';
import {type Instance} from '../supervisor/instance.ts';
import {createTask, type Task} from './task.ts';
import {cancelledFailure, idleFailure, saidNo, unknownTask} from './task-failures.ts';
import {createTurns} from './turns.ts';

export type Scheduler = Pick<PluginHost, 'runTask' | 'cancelTask' | 'pauseTask' | 'resumeTask' | 'setRecorder'> & {
	/** To be called after a record changed. */
	readonly settle: () => void;
	readonly stop: () => void;
};

type Options = {
	readonly table: () => PluginTable;
	readonly clock: Clock;
	readonly random: () => number;
	readonly limits: HostLimits;
	readonly logOf: (id: string) => PluginLog | undefined;
	readonly onEvent: (event: NewEvent) => void;
	readonly paused: KeepPaused;
	/** Asks the process that runs the task. */
	readonly cancelElsewhere?: ((plugin: string, task: string) => Promise<Outcome<void>>) | undefined;
};

/** Runs the tasks of plugins at their times, in the one process that keeps the record. */
export function createScheduler({table, clock, random, limits, logOf, onEvent, paused, cancelElsewhere}: Options): Scheduler {
	const tasks = new Map<PluginSlot, readonly Task[]>();
	const prepared = new WeakMap<Instance, Set<string>>();
	/** At most a few tasks of all plugins at once. */
	const inTurn = createTurns(limits.tasksAtOnce);
	let isRecorder = false;

	async function runOnce(slot: PluginSlot, {name, handler}: TaskContribution, signal: AbortSignal): Promise<Outcome<void>> {
		const acquired = await slot.acquire(signal);
		if (!acquired.ok) {
			return acquired;
		}

		const instance = slot.current() ?? acquired.value;
		const ready = await setUp(instance, handler);
		if (!ready.ok) {
			return ready;
		}

		if (signal.aborted) {
			return failed(cancelledFailure(slot.id, name));
		}

		const startedAt = clock.monotonic();
		const outcome = await instance.call({method: `tasks.${handler}`, args: [], deadlineMs: limits.taskMs, signal});
		slot.called(clock.monotonic() - startedAt, outcome.ok);
		return outcome.ok ? (outcome.value === false ? failed(saidNo(slot.id, name)) : ok(undefined)) : outcome;
	}

	/** Once for each worker; what was set up is cleaned up before that worker stops. */
	async function setUp(instance: Instance, handler: string): Promise<Outcome<unknown>> {
		const done = prepared.get(instance) ?? new Set();
		prepared.set(instance, done);
		if (done.has(handler)) {
			return ok(undefined);
		}

		const set = instance.methods.has(`tasks.${handler}.setup`)
			? await instance.call({method: `tasks.${handler}.setup`, args: [], deadlineMs: limits.callMs})
			: ok(undefined);
		if (set.ok) {
			done.add(handler);
			if (instance.methods.has(`tasks.${handler}.cleanup`)) {
				instance.beforeStop(`tasks.${handler}.cleanup`);
			}
		}

		return set;
	}

	function open(slot: PluginSlot, contribution: TaskContribution): Task {
		const {name} = contribution;
		return createTask({
			plugin: slot.id,
			contribution,
			isPaused: paused.has(slot.id, name),
			clock,
			random,
			limits,
			work: async signal => (await inTurn(signal, () => runOnce(slot, contribution, signal))) ?? failed(cancelledFailure(slot.id, name)),
			onChange: () => tell(slot),
			onFailed({message, cause}, nextInMs) {
				const next = nextInMs === undefined ? '' : `; next try in ${formatDuration(nextInMs)}`;
				logOf(slot.id)?.add('warn', `The task \`${name}\` failed: ${cause ?? message}${next}`);
				onEvent({
					type: 'task.failed',
					level: 'warn',
					subject: slot.id,
					message: `Task ${name} of plugin ${slot.id} failed${next}.`,
					data: {task: name},
				});
			},
		});
	}

	/** Those of a plugin that is off are not shown, but go on where they were when it is back. */
	function tell(slot: PluginSlot) {
		const own = tasks.get(slot);
		const isShown = isOffering(slot.record());
		if (own !== undefined && (isShown || slot.record().tasks.length > 0)) {
			slot.tell({tasks: isShown ? own.map(task => task.record()) : []});
		}
	}

	async function onTask<Value>(plugin: string, name: string, work: (task: Task) => Promise<Outcome<Value>> | Outcome<Value>) {
		const slot = table().find(plugin);
		if (!slot.ok) {
			return slot;
		}

		// Of one that is off there are no tasks, and asking for one is no run that failed.
		const refused = isOffering(slot.value.record()) ? undefined : await slot.value.acquire();
		if (refused?.ok === false) {
			return refused;
		}

		const own = tasks.get(slot.value) ?? [];
		const task = own.find(({contribution}) => contribution.name === name);
		return task === undefined
			? failed(
					unknownTask(
						plugin,
						name,
						own.map(({contribution}) => contribution.name),
					),
				)
			: work(task);
	}

	function settle() {
		const {slots, get} = table();
		const members = new Set(slots().filter(slot => get(slot.id) === slot));
		for (const [slot, own] of tasks) {
			if (!members.has(slot)) {
				own.forEach(task => task.remove());
				tasks.delete(slot);
			}
		}

		for (const slot of members) {
			const wanted = slot.record().manifest.contributes?.tasks ?? [];
			const own = tasks.get(slot) ?? [];
			if (own.length !== wanted.length || own.some(({contribution}, index) => !isSame(contribution, wanted[index]!))) {
				replace(slot, own, wanted);
			}

			const isOn = isRecorder && mayRun(slot);
			tasks.get(slot)?.forEach(task => task.setOn(isOn));
			const isTold = slot.record().tasks.length > 0 || wanted.length === 0;
			if (isTold !== isOffering(slot.record())) {
				tell(slot);
			}
		}
	}

	/** A task that is as it was goes on as it was, also under a new version. */
	function replace(slot: PluginSlot, own: readonly Task[], wanted: readonly TaskContribution[]) {
		const next = wanted.map(contribution => own.find(task => isSame(task.contribution, contribution)) ?? open(slot, contribution));
		for (const task of own) {
			if (!next.includes(task)) {
				task.remove();
			}
		}

		tasks.set(slot, next);
		tell(slot);
	}

	return {
		settle,
		setRecorder(next) {
			isRecorder = next;
			settle();
		},
		runTask: (plugin, name, signal) => onTask(plugin, name, task => task.run(signal)),
		cancelTask: (plugin, name, {isHere = false} = {}) =>
			onTask(plugin, name, task =>
				task.cancel()
					? ok(undefined)
					: isHere || cancelElsewhere === undefined
						? failed(idleFailure(plugin, name))
						: cancelElsewhere(plugin, name),
			),
		pauseTask: (plugin, name) => onTask(plugin, name, async task => mapOutcome(await paused.set(plugin, name, true), () => task.pause())),
		resumeTask: (plugin, name) =>
			onTask(plugin, name, async task => mapOutcome(await paused.set(plugin, name, false), () => task.resume())),
		stop() {
			isRecorder = false;
			for (const own of tasks.values()) {
				own.forEach(task => task.remove());
			}
		},
	};
}

const isSame = (one: TaskContribution, other: TaskContribution): boolean => one === other || JSON.stringify(one) === JSON.stringify(other);

/** It runs, or may be started for its tasks. */
function mayRun(slot: PluginSlot): boolean {
	const {state, manifest} = slot.record();
	const wakes = manifest.activation === undefined || manifest.activation.some(event => event === 'onTask' || event === 'onStartup');
	return state === 'active' || (wakes && (state === 'discovered' || state === 'starting' || state === 'backoff'));
}
