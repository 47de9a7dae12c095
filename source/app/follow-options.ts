import {isDeepStrictEqual} from 'node:util';
import {type Failure} from '../core/failure/failure.ts';
import {type PluginHost} from '../core/ports/plugin-host.ts';
import {isHalfWritten, type LoadedSettings, type PluginOptions} from '../core/settings.ts';

type Follower = {
	/** What was given to the plugins last. */
	readonly known: (options: PluginOptions) => void;
	/** Gives plugins whose options changed the new ones, and only them. */
	readonly reread: () => Promise<void>;
};

/** Keeps the options of plugins as the settings files have them. */
export function createOptionsFollower({
	host,
	initial,
	read,
	onProblem,
}: {
	readonly host: Pick<PluginHost, 'records' | 'reconfigure'>;
	readonly initial: PluginOptions;
	readonly read: () => LoadedSettings;
	readonly onProblem: (problem: Failure) => void;
}): Follower {
	let current = initial;
	return {
		known(options) {
			current = options;
		},
		async reread() {
			const loaded = read();
			const {options} = loaded.settings.plugins;
			// A file that is half written or has a mistake takes nothing from a plugin that runs.
			if (isHalfWritten(loaded)) {
				return;
			}

			const before = current;
			current = options;
			const changed = host
				.records()
				.filter(({id, state}) => state !== 'shadowed' && !isDeepStrictEqual(before[id] ?? {}, options[id] ?? {}));
			for (const {id} of changed) {
				const outcome = await host.reconfigure(id, options[id] ?? {});
				if (!outcome.ok) {
					onProblem(outcome.error);
				}
			}
		},
	};
}
