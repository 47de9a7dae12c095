import {exitCodes} from '../../../core/failure/error-codes.ts';
import {loadedEngine, type PluginAction} from '../action.ts';

export const list: PluginAction = {
	name: 'list',
	usage: '',
	minimum: 0,
	maximum: 0,
	async run(context) {
		const {print} = context;
		const {plugins} = (await loadedEngine(context)).getState();
		if (print.isJson) {
			print.json({plugins});
			return exitCodes.done;
		}

		print.table(plugins, [
			{title: 'NAME', value: row => row.id},
			{title: 'VERSION', value: row => row.manifest.version},
			{title: 'TYPE', value: row => row.manifest.kind},
			{title: 'STATUS', value: row => row.state},
			{title: 'ORIGIN', value: row => row.origin},
			{title: 'DESCRIPTION', value: row => row.manifest.description ?? row.manifest.title, canShrink: true},
		]);
		return exitCodes.done;
	},
};
