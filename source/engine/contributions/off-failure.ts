import {failure, type Failure} from '../../core/failure/failure.ts';
import {type PluginRecord} from '../../core/plugin.ts';

/** What is said to somebody who asks for something of a plugin that is off, with what turns it on. */
export function offFailure({id, state, error}: Pick<PluginRecord, 'id' | 'state' | 'error'>): Failure {
	if (state === 'blocked' && error !== undefined) {
		return error;
	}

	return state === 'stopped' || state === 'stopping'
		? failure('CWS_PLUGIN_DISABLED', {message: `The plugin \`${id}\` is unloaded.`, fix: `run \`cws plugin load ${id}\``})
		: failure('CWS_PLUGIN_DISABLED', {message: `The plugin \`${id}\` is disabled.`, fix: `run \`cws plugin enable ${id}\``});
}
