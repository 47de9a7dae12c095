import {failure, type Failure} from '../../core/failure/failure.ts';
import {type PluginRecord} from '../../core/plugin.ts';

/** What is said to somebody who asks for a provider of which nothing is on this machine. */
export const sleepingFailure = (provider: string, {id, absent}: Pick<PluginRecord, 'id' | 'absent'>): Failure =>
	failure('CWS_PROVIDER_UNAVAILABLE', {
		message: `\`${provider}\` sleeps: ${absent ?? 'nothing of it is here'}.`,
		fix: `install what it needs, or write something under \`plugins.${id}\` in the config`,
	});
