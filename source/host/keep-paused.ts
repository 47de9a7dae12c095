import {ok, type Outcome} from '../core/failure/outcome.ts';
import {type PluginHostOptions} from './options.ts';

/** The tasks a person paused, kept in the settings: a pause outlives the process that was asked for it. */
export type KeepPaused = {
	readonly has: (plugin: string, task: string) => boolean;
	readonly set: (plugin: string, task: string, isPaused: boolean) => Promise<Outcome<void>>;
};

export function createKeepPaused({
	pausedTasks = [],
	setPausedTasks = async () => ok(undefined),
}: Pick<PluginHostOptions, 'pausedTasks' | 'setPausedTasks'>): KeepPaused {
	let paused: ReadonlySet<string> = new Set(pausedTasks);
	return {
		has: (plugin, task) => paused.has(`${plugin}/${task}`),
		async set(plugin, task, isPaused) {
			const id = `${plugin}/${task}`;
			if (paused.has(id) === isPaused) {
				return ok(undefined);
			}

			const next = new Set(paused);
			next[isPaused ? 'add' : 'delete'](id);
			const kept = await setPausedTasks([...next].toSorted());
			if (kept.ok) {
				paused = next;
			}

			return kept;
		},
	};
}
