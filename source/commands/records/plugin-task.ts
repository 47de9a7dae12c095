import {failure, type Failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type TaskRecord} from '../../core/plugin-parts.ts';
import {isOffering} from '../../core/plugin-presence.ts';
import {offFailure} from '../../engine/contributions/off-failure.ts';
import {nearest} from '../../core/text/nearest.ts';

/** A scheduled task of a plugin, by the word a person names it with: `usage/refresh`. */
export type PluginTask = {readonly id: string; readonly plugin: string; readonly task: TaskRecord};

export const pluginTasks = (plugins: readonly PluginRecord[]): readonly PluginTask[] =>
	plugins
		.filter(({state}) => state !== 'shadowed')
		.flatMap(({id, tasks}) => tasks.map(task => ({id: `${id}/${task.name}`, plugin: id, task})));

/** By `plugin/task`, or by the name of the task where only one plugin has it. */
export function findPluginTask(plugins: readonly PluginRecord[], text: string): Outcome<PluginTask> {
	const all = pluginTasks(plugins);
	const fitting = all.filter(({id, task}) => id === text || task.name === text);
	const [one, other] = fitting;
	if (one !== undefined) {
		return other === undefined ? ok(one) : failed(ambiguous(text, fitting));
	}

	const owner = plugins.find(({id, manifest}) => manifest.contributes?.tasks?.some(({name}) => name === text || `${id}/${name}` === text));
	if (owner !== undefined && !isOffering(owner)) {
		return failed(offFailure(owner));
	}

	const meant = nearest(
		text,
		all.map(({id}) => id),
	);
	return failed(
		failure('CWS_NO_TASK', {
			message: `No plugin has a task \`${text}\`.`,
			fix: meant === undefined ? 'cws tasks' : `did you mean \`${meant}\`?`,
		}),
	);
}

const ambiguous = (text: string, tasks: readonly PluginTask[]): Failure =>
	failure('CWS_AMBIGUOUS', {message: `More than one plugin has a task \`${text}\`.`, fix: tasks.map(({id}) => id).join(' or ')});
