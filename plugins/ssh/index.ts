import {definePlugin} from 'cws/sdk';
import {type SshPluginConfig} from './config.ts';
import {createDemoWorld, demoConfig} from './demo/world.ts';
import {checkHealth} from './health.ts';
import {machinePane} from './machine-pane.ts';
import {createProvider} from './provider.ts';
import {createState, type SshState} from './state.ts';

let state: SshState | undefined;

export default definePlugin({
	initialize({config, directories}) {
		state = openState(config as SshPluginConfig, directories.data);
	},
	health: ({signal}) => checkHealth(current(), signal),
	provider: createProvider(current),
	panes: {machine: async call => machinePane(current(), call)},
	stop: async () => state?.hangUp(),
});

function openState(config: SshPluginConfig, data: string): SshState {
	if (config.demo !== true) {
		return createState(config, data);
	}

	const demo = createDemoWorld(Date.now);
	return createState(demoConfig(config), data, {run: demo.run, open: demo.open, demo});
}

function current(): SshState {
	if (state === undefined) {
		throw new Error('the plugin is not initialized');
	}

	return state;
}
