import {definePlugin} from 'cws/sdk';
import {cleanEnvironment, type LocalConfig, type LocalContext} from './context.ts';
import {checkHealth} from './health.ts';
import {createProcessTable} from './process/process-table.ts';
import {createProvider, createState, type LocalState} from './provider.ts';

let state: LocalState | undefined;

export default definePlugin({
	initialize({config, directories}) {
		const context: LocalContext = {
			root: directories.data,
			config: config as LocalConfig,
			processes: createProcessTable(),
			env: cleanEnvironment(process.env),
			endedRuns: new Set(),
			unsavedStops: new Map(),
		};
		state = createState(context);
	},
	health: () => checkHealth(current().context),
	provider: createProvider(current),
});

function current(): LocalState {
	if (state === undefined) {
		throw new Error('the plugin is not initialized');
	}

	return state;
}
