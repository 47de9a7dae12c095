import {definePlugin} from 'cws/sdk';
import {type SshPluginConfig} from './config.ts';
import {checkHealth} from './health.ts';
import {createProvider} from './provider.ts';
import {createState, type SshState} from './state.ts';

let state: SshState | undefined;

export default definePlugin({
	initialize({config, directories}) {
		state = createState(config as SshPluginConfig, directories.data);
	},
	health: ({signal}) => checkHealth(current(), signal),
	provider: createProvider(current),
	stop: async () => state?.hangUp(),
});

function current(): SshState {
	if (state === undefined) {
		throw new Error('the plugin is not initialized');
	}

	return state;
}
