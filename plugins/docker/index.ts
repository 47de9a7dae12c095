import {homedir, userInfo} from 'node:os';
import {definePlugin} from 'cws/sdk';
import {type DockerConfig} from './context.ts';
import {checkHealth} from './health.ts';
import {createProvider} from './provider.ts';
import {createState, type DockerState} from './state.ts';

let state: DockerState | undefined;

export default definePlugin({
	initialize({config, log}) {
		state = createState({
			config: config as DockerConfig,
			world: {env: process.env, home: homedir(), uid: userInfo().uid, platform: process.platform},
			log,
		});
	},
	health: async ({signal}) => checkHealth(current(), signal),
	provider: createProvider(current),
	async shutdown() {
		await state?.endpoints.close();
	},
});

function current(): DockerState {
	if (state === undefined) {
		throw new Error('the plugin is not initialized');
	}

	return state;
}
