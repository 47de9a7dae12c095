import {exitCodes} from '../../../core/failure/error-codes.ts';
import {type ManageId} from '../../../engine/command-types.ts';
import {loadedEngine, type PluginAction} from '../action.ts';

const action = (name: string, command: ManageId): PluginAction => ({
	name,
	usage: 'ID',
	minimum: 1,
	maximum: 1,
	async run(context) {
		const {print, input, signal} = context;
		const id = input[0]!;
		const engine = await loadedEngine(context);
		const done = await engine.run(command, {plugin: id}, {origin: 'cli', signal});
		if (!done.ok) {
			return print.failure(done.error);
		}

		if (print.isJson) {
			print.json(done.value);
		} else {
			print.line(`${id} ${done.value.state}`);
		}

		return exitCodes.done;
	},
});

export const enable: PluginAction = action('enable', 'enablePlugin');
export const disable: PluginAction = action('disable', 'disablePlugin');
export const reload: PluginAction = action('reload', 'reloadPlugin');
/** Takes back what it was allowed; a dashboard that runs it goes on until it starts again. */
export const deny: PluginAction = action('deny', 'denyPlugin');
