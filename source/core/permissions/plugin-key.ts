import {type PluginOrigin} from '../plugin.ts';

/**
What grants, secrets and stored values of a plugin are kept by: who published it or where it comes from, and its id. A copy from
elsewhere has another key and inherits nothing; two projects are two places.
*/
export function pluginKey({
	id,
	origin,
	directory,
	publisher,
}: {
	readonly id: string;
	readonly origin: PluginOrigin;
	/** The plugin's folder, as its real path. */
	readonly directory: string;
	/** The key it is signed with. */
	readonly publisher?: string;
}): string {
	if (publisher !== undefined) {
		return `${publisher}/${id}`;
	}

	// Anybody's project may have a plugin of any id; the user's and the system's folders have one owner.
	return origin === 'bundled' || origin === 'user' || origin === 'system' ? `${origin}/${id}` : `${origin}:${directory}/${id}`;
}
