import {type PluginRecord} from '../../../core/plugin.ts';
import {secretsOf} from '../../../engine/run/find-secret.ts';
import {type Login, pluginLogins} from '../../../engine/logins/find-login.ts';
import {openConsent} from '../../overlays/consent/consent.ts';
import {openInstall} from '../../overlays/install/install.ts';
import {openLogin} from '../../overlays/login/login.ts';
import {openRemove} from '../../overlays/remove/remove.ts';
import {openOptions} from '../../overlays/options/options.ts';
import {openSecret} from '../../overlays/secret/secret.ts';
import {openPluginLog} from '../../screens/logs/logs.ts';
import {openPlugin} from '../../screens/plugin/plugin.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type ViewState} from '../state.ts';
import {failureTag} from '../activity/failure-tag.ts';
import {withToast} from '../activity/toasts.ts';
import {only, openOverlay, openScreen, type ViewCommand, type ViewCommands} from './view-command.ts';

// The palette names the plugin; on its own screen it is that one, in the pane the one under the cursor.
function pluginOf({lists, screens}: ViewState, {engine}: ViewContext, id?: string): PluginRecord | undefined {
	const screen = screens.at(-1);
	const wanted = id ?? (screen?.kind === 'plugin' ? screen.id : undefined);
	return wanted === undefined ? engine.plugins[lists.plugins.cursor] : engine.plugins.find(plugin => plugin.id === wanted);
}

/** Those of the plugin, or the one the palette names. */
function loginsOf(view: ViewState, context: ViewContext, name?: string): readonly Login[] {
	const all = pluginLogins(context.engine.plugins);
	const named = name === undefined ? [] : all.filter(login => login.name === name);
	return named.length > 0 ? named : all.filter(({plugin}) => plugin === pluginOf(view, context, name)?.id);
}

const running: ReadonlySet<PluginRecord['state']> = new Set(['active', 'starting', 'backoff']);

const unchecked: ReadonlySet<PluginRecord['state']> = new Set(['disabled', 'blocked', 'shadowed', 'quarantined']);

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

const notInstalled = ({origin}: PluginRecord): string | undefined =>
	origin === 'user' ? undefined : origin === 'bundled' ? 'it comes with cws' : 'it was not installed with cws';

const keyOfInstall = ({keymap}: ViewContext): string => keymap.keysOf('plugins.install')[0] ?? ':plugin-install';

export const pluginCommands: ViewCommands = {
	'plugins.open': onPlugin((view, plugin) =>
		plugin.consent === undefined ? openScreen(view, openPlugin(plugin)) : openOverlay(view, openConsent(plugin, plugin.consent)),
	),
	'plugins.consent': onPlugin(
		(view, plugin) => openOverlay(view, openConsent(plugin, plugin.consent!)),
		({consent}) => (consent === undefined ? 'it asks for nothing' : undefined),
	),
	'plugins.secret': onPlugin(
		(view, plugin) => openOverlay(view, openSecret(plugin)),
		plugin => (secretsOf(plugin).length === 0 ? 'it asks for no secret' : undefined),
	),
	'plugins.login': {
		run(view, context, name) {
			const logins = loginsOf(view, context, name);
			return openOverlay(view, openLogin(logins));
		},
		disabledReason: (view, context, name) => (loginsOf(view, context, name).length === 0 ? 'it brings no login' : undefined),
	},
	'plugins.options': onPlugin(
		(view, plugin) => openOverlay(view, openOptions(plugin)),
		({manifest}) => (Object.keys(manifest.config?.properties ?? {}).length === 0 ? 'it has no options' : undefined),
	),
	'plugins.load': onPlugin((view, {id, state}) =>
		only(view, {type: 'run', command: running.has(state) ? 'unloadPlugin' : 'loadPlugin', input: {plugin: id}, reply: failureTag}),
	),
	'plugins.install': {
		run: view => openOverlay(view, openInstall()),
		disabledReason: (_view, {engine}) => (engine.isReadOnly ? 'read-only mode' : undefined),
	},
	'plugins.update': {
		run: (view, context, id) => openOverlay(view, openInstall(view.installedFrom[pluginOf(view, context, id)!.id])),
		disabledReason(view, context, id) {
			const plugin = pluginOf(view, context, id);
			return plugin === undefined
				? 'no plugin is selected'
				: context.engine.isReadOnly
					? 'read-only mode'
					: (notInstalled(plugin) ??
						(view.installedFrom[plugin.id] === undefined
							? `what it was installed from is not known here; ${keyOfInstall(context)} asks for it`
							: undefined));
		},
	},
	'plugins.remove': onPlugin((view, plugin) => openOverlay(view, openRemove(plugin)), notInstalled),
	'plugins.rescan': {
		run: view => ({
			view: withToast(view, 'info', 'looking for plugins'),
			effects: [{type: 'run', command: 'rescanPlugins', input: {}, reply: failureTag}],
		}),
	},
	'plugins.detail': onPlugin((view, plugin) => openScreen(view, openPlugin(plugin))),
	'plugins.log': onPlugin((view, plugin, context) => openScreen(view, openPluginLog(plugin, context))),
	'plugins.enable': onPlugin(
		(view, {id, consent, ...plugin}) =>
			consent === undefined
				? only(view, {type: 'run', command: 'enablePlugin', input: {plugin: id}, reply: failureTag})
				: openOverlay(view, openConsent({id, ...plugin}, consent)),
		({state, consent}) => (consent === undefined && (state === 'active' || state === 'starting') ? 'it is enabled' : undefined),
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
		(view, {id}) => only(view, {type: 'run', command: 'checkHealth', input: {plugin: id, start: true}, reply: failureTag}),
		({state}) => (unchecked.has(state) ? `it is ${state}` : undefined),
	),
};
