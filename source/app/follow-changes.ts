import {join} from 'node:path';
import {type Clock} from '../core/ports/clock.ts';
import {type Store} from '../core/ports/store.ts';
import {type Directories} from '../core/settings.ts';
import {watchFile} from '../platform/watch-file.ts';
import {watchFolders} from '../platform/watch-folders.ts';
import {type PluginsFollower} from './follow-plugins.ts';
import {userPluginDirectory} from './plugin-sources.ts';

type Options = {
	readonly clock: Clock;
	readonly store: Promise<Pick<Store, 'watch'>>;
	readonly directories: Directories;
	/** The person's own, and those of the project. */
	readonly configFiles: readonly string[];
	readonly plugins: PluginsFollower;
	/** What else may have been written into the database. */
	readonly onStore: () => void;
	/** What else has to be read again when the settings file changed. */
	readonly onSettings: () => void;
};

// Files come one by one, and an update is two renames.
const quietMs = 200;

/** Hears what happens beside this process: in the settings files, in the folder of plugins and in the database. Gives the end of it. */
export function followChanges({clock, store, directories, configFiles, plugins, onStore, onSettings}: Options): () => void {
	const user = userPluginDirectory(directories);
	let cancel = () => {};
	const soon = () => {
		cancel();
		cancel = clock.after(quietMs, () => {
			// The folder may be new.
			watched.set([user]);
			void plugins.folders();
		});
	};
	const watched = watchFolders(soon);
	watched.set([user]);

	let isEnded = false;
	store.then(
		({watch}) => {
			if (!isEnded) {
				stops.push(
					watch(() => {
						void plugins.grants();
						onStore();
					}),
				);
			}
		},
		() => {},
	);
	const stops = [
		...configFiles.map(file =>
			watchFile(file, clock, () => {
				onSettings();
				void plugins.settings();
			}),
		),
		watchFile(user, clock, soon),
		watchFile(join(directories.data, 'trusted-folders.json'), clock, soon),
		watched.close,
		plugins.stop,
		() => cancel(),
	];
	return () => {
		isEnded = true;
		for (const stop of stops) {
			stop();
		}
	};
}
