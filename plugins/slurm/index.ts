import {userInfo} from 'node:os';
import {definePlugin} from 'cws/sdk';
import {jobStatus, status} from './contributions/status.ts';
import {submit, submitJob} from './contributions/submit.ts';
import {type SlurmConfig} from './config.ts';
import {checkHealth} from './health.ts';
import {createProvider} from './provider.ts';
import {createState, type SlurmState} from './state.ts';

let state: SlurmState | undefined;

export default definePlugin({
	initialize({config}) {
		state = createState(config as SlurmConfig, {env: process.env, user: userInfo().username, cwd: process.cwd()});
	},
	health: async ({signal}) => checkHealth(current(), signal),
	provider: createProvider(current),
	commands: {
		submit: async (input, call) => submit(current(), input, call),
		status: async (input, call) => status(current(), input, call),
	},
	endpoints: {
		submitJob: async (request, call) => submitJob(current(), request, call),
		jobStatus: async (request, call) => jobStatus(current(), request, call),
	},
});

function current(): SlurmState {
	if (state === undefined) {
		throw new Error('the plugin is not initialized');
	}

	return state;
}
