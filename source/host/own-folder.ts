import {createHash} from 'node:crypto';
import {pluginKey} from '../core/plugin-key.ts';
import {type PluginRecord} from '../core/plugin.ts';

type Owner = Pick<PluginRecord, 'id' | 'origin' | 'directory'>;

/**
The name of a plugin's own folder below those for data and caches. Like its grants and secrets it belongs to a plugin from one place:
what goes before another plugin of its id, or comes in its place, finds nothing of it. No id has a `~`.
*/
export function ownFolder(owner: Owner): string {
	const {id, origin} = owner;
	switch (origin) {
		case 'bundled': {
			return id;
		}

		case 'user':
		case 'system': {
			return `${id}~${origin}`;
		}

		default: {
			// Where it lies is part of what it is.
			return `${id}~${createHash('sha256').update(pluginKey(owner)).digest('hex').slice(0, 12)}`;
		}
	}
}
