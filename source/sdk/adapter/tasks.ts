import {type TaskContribution} from '../../core/manifest/contributions.ts';
import {type Task} from '../handlers.ts';
import {isClass, isRecord, member, method, numberOf, text} from './member.ts';
import {camelCase, dashed} from './names.ts';

type Definition = Readonly<Record<string, unknown>>;

/** Fields of a definition that are its own; everything else is for the task's constructor. */
const ownFields: ReadonlySet<string> = new Set([
	'taskname',
	'tasktype',
	'taskclass',
	'intervalseconds',
	'enabled',
	'skipinitialrun',
	'kwargs',
]);

/** Task definitions as a manifest has them. At least a second apart, as the scheduler allows no less. */
export const taskContributions = (definitions: readonly unknown[]): readonly TaskContribution[] =>
	definitions.filter(isRecord).map(definition => {
		const name = text(definition, 'task_name') ?? text(definition, 'task_type') ?? 'task';
		return {
			name: dashed(name),
			everySeconds: Math.max(1, numberOf(definition, 'interval_seconds') ?? 3600),
			...(member(definition, 'skip_initial_run') === true && {skipInitialRun: true}),
			...(member(definition, 'enabled') === false && {enabled: false}),
			handler: camelCase(name),
		};
	});

/**
The code of the tasks. Their definitions are read again when a task starts: only then do they have what the plugin made at its
start. Skipping the first run is the scheduler's, so the task itself is told not to.
*/
export const taskHandlers = (definitions: readonly unknown[], current: () => readonly unknown[]): Readonly<Record<string, Task>> =>
	Object.fromEntries(taskContributions(definitions).map(({name, handler}) => [handler, taskOf(name, current)]));

function taskOf(name: string, current: () => readonly unknown[]): Task {
	let task: unknown;
	const make = () => {
		const definition = current()
			.filter(isRecord)
			.find(one => dashed(text(one, 'task_name') ?? text(one, 'task_type') ?? '') === name);
		if (definition === undefined) {
			throw new Error(`The plugin no longer has the task ${name}.`);
		}

		const made = member(definition, 'task_class');
		return isClass(made) ? new made(constructorArgument(definition)) : made;
	};

	return {
		async setup() {
			task = make();
			await method(task, 'setup')?.();
		},
		async run() {
			task ??= make();
			const run = method(task, 'run');
			if (run === undefined) {
				throw new Error(`The class of the task ${name} has no method run.`);
			}

			return (await run()) !== false;
		},
		async cleanup() {
			const old = task;
			task = undefined;
			await method(old, 'cleanup')?.();
		},
	};
}

function constructorArgument(definition: Definition): Definition {
	const kwargs = member(definition, 'kwargs');
	const extra = Object.fromEntries(Object.entries(definition).filter(([field]) => !ownFields.has(field.replaceAll('_', '').toLowerCase())));
	const name = text(definition, 'task_name');
	const interval = numberOf(definition, 'interval_seconds');
	return {
		...extra,
		...(isRecord(kwargs) && kwargs),
		name,
		interval_seconds: interval,
		intervalSeconds: interval,
		enabled: member(definition, 'enabled') !== false,
		skip_initial_run: false,
		skipInitialRun: false,
	};
}
