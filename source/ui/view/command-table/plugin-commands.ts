import {type PluginRecord} from '../../../core/plugin.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type ViewState} from '../state.ts';
import {failureTag} from './operation-commands.ts';
import {only, type ViewCommand, type ViewCommands} from './view-command.ts';

const selectedPlugin = ({lists}: ViewState, {engine}: ViewContext): PluginRecord | undefined => engine.plugins[lists.plugins.cursor];

const onPlugin = (
	run: (view: ViewState, plugin: PluginRecord) => ViewUpdate,
	reasonOf?: (plugin: PluginRecord) => string | undefined,
): ViewCommand => ({
	run: (view, context) => run(view, selectedPlugin(view, context)!),
	disabledReason(view, context) {
		const plugin = selectedPlugin(view, context);
		return plugin === undefined ? 'no plugin is selected' : reasonOf?.(plugin);
	},
});

export const pluginCommands: ViewCommands = {
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
