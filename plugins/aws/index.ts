import {definePlugin} from 'cws/sdk';
import {type AwsConfig} from './config.ts';
import {checkHealth} from './health.ts';
import {createProvider} from './provider.ts';
import {type AwsState, createState} from './state.ts';
import {resizeVm} from './vm/resize.ts';

let state: AwsState | undefined;

export default definePlugin({
	initialize({config, log, directories}) {
		const own = config as AwsConfig;
		// Without a role for this machine the SDK would ask an address of the network for one, and wait for its silence.
		if (!own.instanceRole) {
			process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
		}

		state = createState({config: own, world: {env: process.env, now: Date.now}, log, cache: directories.cache});
	},
	health: async ({signal}) => checkHealth(current(), signal),
	provider: createProvider(current),
	commands: {resize: async (input, call) => resizeVm(current(), input, call)},
	shutdown() {
		state?.livePrices.close();
		state?.clients.close();
	},
});

function current(): AwsState {
	if (state === undefined) {
		throw new Error('the plugin is not initialized');
	}

	return state;
}
