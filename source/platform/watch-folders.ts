import {type FSWatcher, watch} from 'node:fs';

export type FolderWatch = {
	/** Watches these folders from now on, and no others. */
	readonly set: (folders: readonly string[]) => void;
	readonly close: () => void;
};

// Of editors, and of what is made from the folder itself.
const ignored = /^(\.|#|node_modules$)|[~#]$|\.(cwsplugin|tmp|swp)$/;

/** Calls back for every change right in one of the folders; a folder that is gone is left out. */
export function watchFolders(onChange: () => void): FolderWatch {
	const watchers = new Map<string, FSWatcher>();
	return {
		set(folders) {
			for (const [folder, watcher] of watchers) {
				if (!folders.includes(folder)) {
					watcher.close();
					watchers.delete(folder);
				}
			}

			for (const folder of folders.filter(one => !watchers.has(one))) {
				try {
					const watcher = watch(folder, (_event, name) => {
						if (name === null || !ignored.test(name)) {
							onChange();
						}
					});
					watcher.on('error', () => watcher.close());
					watchers.set(folder, watcher);
				} catch {
					// Gone, or no watches left; the others still count.
				}
			}
		},
		close() {
			for (const watcher of watchers.values()) {
				watcher.close();
			}

			watchers.clear();
		},
	};
}
