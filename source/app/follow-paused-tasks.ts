import {type PluginHost} from '../core/ports/plugin-host.ts';
import {isHalfWritten, type LoadedSettings} from '../core/settings.ts';

/** Pauses and resumes the tasks that another cws, or an editor, paused or resumed in the settings file. */
export function createPausedFollower({
	host,
	initial,
	read,
}: {
	readonly host: Pick<PluginHost, 'records' | 'pauseTask' | 'resumeTask'>;
	readonly initial: readonly string[];
	readonly read: () => LoadedSettings;
}): () => Promise<void> {
	let current: ReadonlySet<string> = new Set(initial);
	return async () => {
		const loaded = read();
		// A file that is half written changes nothing.
		if (isHalfWritten(loaded)) {
			return;
		}

		const before = current;
		current = new Set(loaded.settings.plugins.pausedTasks);
		const changed = host
			.records()
			.filter(({state}) => state !== 'shadowed')
			.flatMap(({id, tasks}) => tasks.map(({name}) => ({plugin: id, name, key: `${id}/${name}`})))
			.filter(({key}) => before.has(key) !== current.has(key));
		for (const {plugin, name, key} of changed) {
			await (current.has(key) ? host.pauseTask(plugin, name) : host.resumeTask(plugin, name));
		}
	};
}
