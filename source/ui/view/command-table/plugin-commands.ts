import {type PluginRecord} from '../../../core/plugin.ts';
import {openPluginLog} from '../../screens/logs/logs.ts';
import {openPlugin} from '../../screens/plugin/plugin.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type ViewState} from '../state.ts';
import {failureTag} from '../activity/failure-tag.ts';
import {only, openScreen, type ViewCommand, type ViewCommands} from './view-command.ts';

// The palette names the plugin; on its own screen it is that one, in the pane the one under the cursor.
function pluginOf({lists, screens}: ViewState, {engine}: ViewContext, id?: string): PluginRecord | undefined {
	const screen = screens.at(-1);
	const wanted = id ?? (screen?.kind === 'plugin' ? screen.id : undefined);
	return wanted === undefined ? engine.plugins[lists.plugins.cursor] : engine.plugins.find(plugin => plugin.id === wanted);
}

const onPlugin = (
	run: (view: ViewState, plugin: PluginRecord, context: ViewContext) => ViewUpdate,
	reasonOf?: (plugin: PluginRecord) => string | undefined,
): ViewCommand => ({
	run: (view, context, id) => run(view, pluginOf(view, context, id)!, context),
	disabledReason(view, context, id) {
		const plugin = pluginOf(view, context, id);
		return plugin === undefined ? 'no plugin is selected' : reasonOf?.(plugin);
	},
});

export const pluginCommands: ViewCommands = {
	'plugins.detail': onPlugin((view, plugin) => openScreen(view, openPlugin(plugin))),
	'plugins.log': onPlugin((view, plugin, context) => openScreen(view, openPluginLog(plugin, context))),
	'plugins.enable': onPlugin(
		(view, {id}) => only(view, {type: 'run', command: 'enablePlugin', input: {plugin: id}, reply: failureTag}),
		({state}) => (state === 'active' || state === 'starting' ? 'it is enabled' : undefined),
	),
	'plugins.disable': onPlugin(
		(view, {id}) => only(view, {type: 'run', command: 'disablePlugin', input: {plugin: id}, reply: failureTag}),
		({state}) => (state === 'disabled' ? 'it is disabled' : undefined),
	),
	'plugins.reload': onPlugin(
		(view, {id}) => only(view, {type: 'run', command: 'reloadPlugin', input: {plugin: id}, reply: failureTag}),
		({state}) => (state === 'disabled' ? 'it is disabled' : undefined),
	),
	'plugins.check': onPlugin(
		(view, {id}) => only(view, {type: 'run', command: 'checkHealth', input: {plugin: id}, reply: failureTag}),
		({state}) => (state === 'active' ? undefined : `it is ${state}`),
	),
};
