import {type PluginRecord} from './plugin.ts';

/**
What grants, secrets and stored values of a plugin are kept by: where it comes from, and its id behind the last slash. So a copy
from another place inherits nothing. The folder counts where anybody may have put one: a project's, one named on the command line, an
installed package's.
*/
export const pluginKey = ({id, origin, directory}: Pick<PluginRecord, 'id' | 'origin' | 'directory'>): string =>
	origin === 'project' || origin === 'directory' || origin === 'package' ? `${origin}:${directory}/${id}` : `${origin}/${id}`;
