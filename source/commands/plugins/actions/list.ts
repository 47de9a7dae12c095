import {exitCodes} from '../../../core/failure/error-codes.ts';
import {fixOf} from '../../../core/failure/failure.ts';
import {capabilityLabels} from '../../../core/plugin-capabilities.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {loadedEngine, type PluginAction} from '../action.ts';

/** States whose reason stands below the table: nobody would look for it elsewhere. */
const explained: ReadonlySet<PluginRecord['state']> = new Set(['blocked', 'shadowed', 'failed', 'quarantined']);

export const list: PluginAction = {
	name: 'list',
	usage: '',
	minimum: 0,
	maximum: 0,
	async run(context) {
		const {print, signal} = context;
		const engine = await loadedEngine(context);
		const found = await engine.run('rescanPlugins', {}, {origin: 'cli', signal});
		const plugins = found.ok ? found.value : engine.getState().plugins;
		if (print.isJson) {
			print.json({plugins});
			return exitCodes.done;
		}

		print.table(plugins, [
			{title: 'PLUGIN', value: row => row.id},
			{title: 'VERSION', value: row => row.manifest.version},
			{title: 'STATUS', value: row => row.state},
			{title: 'CAPABILITIES', value: row => capabilityLabels(row.manifest).join(', ')},
			{title: 'TYPE', value: row => row.manifest.kind},
			{title: 'ORIGIN', value: ({origin, badge}) => (badge === undefined ? origin : `${origin}, ${badge}`)},
			{title: 'DESCRIPTION', value: row => row.manifest.description ?? row.manifest.title, canShrink: true},
		]);
		for (const {id, origin, state, error} of plugins) {
			if (error !== undefined && explained.has(state)) {
				print.line();
				print.line(`${id} (${origin}) is ${state}: ${error.message}`);
				print.line(`try: ${fixOf(error)}`);
			}
		}

		return exitCodes.done;
	},
};
