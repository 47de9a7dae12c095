import {type PluginRecord} from '../../../core/plugin.ts';
import {scrollBy} from '../../components/scroll-text/scroll.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Effect} from '../../view/effect.ts';
import {failureTag} from '../../view/activity/failure-tag.ts';
import {type ViewState} from '../../view/state.ts';
import {openPluginLog} from '../logs/logs.ts';
import {type ScreenArea, screenScopes, type ScreenView} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';
import {span} from '../../components/line/line.ts';
import {pluginLook} from '../../panes/plugins/plugin-look.ts';
import {textWindow} from '../shared/text-window.ts';
import {pluginLines} from './plugin-lines.ts';

/** One plugin in full: what it is, how it is, what it says. */
export type PluginScreen = {readonly kind: 'plugin'; readonly id: string; readonly top: number};

export const openPlugin = ({id}: Pick<PluginRecord, 'id'>): Opened<PluginScreen> => ({state: {kind: 'plugin', id, top: 0}, effects: []});

export function updatePlugin(state: PluginScreen, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<PluginScreen> {
	if (event.type === 'engine' || event.type === 'reply') {
		return {state};
	}

	const command = screenCommand(event, screenScopes.plugin, context);
	if (command === 'back') {
		return {};
	}

	if (command === 'plugins.log') {
		const {state: screen, effects} = openPluginLog(state, context);
		return {state, screen, effects};
	}

	const effect = command === undefined ? undefined : actions[command]?.(state.id);
	if (effect !== undefined) {
		return {state, effects: [effect]};
	}

	const move = moveOf(command);
	const {width, height} = screenArea(view);
	const length = pluginLines(state.id, context.engine, view.now, width).length;
	return move === undefined ? {state, isIgnored: true} : {state: {...state, top: scrollBy(state.top, move, length, height)}};
}

export function viewPlugin({id, top}: PluginScreen, {engine}: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const record = engine.plugins.find(plugin => plugin.id === id);
	const lines = pluginLines(id, engine, view.now, width);
	const look = record === undefined ? undefined : pluginLook(record, view.spinner, view.now);
	return {
		title: `Plugin ${record?.manifest.title ?? id}`,
		note: look === undefined ? [] : [span(look.token, `${look.glyph} ${look.word}`, {bold: true})],
		...textWindow(lines, top, height),
	};
}

const actions: Readonly<Record<string, (plugin: string) => Effect>> = {
	'plugins.enable': plugin => ({type: 'run', command: 'enablePlugin', input: {plugin}, reply: failureTag}),
	'plugins.disable': plugin => ({type: 'run', command: 'disablePlugin', input: {plugin}, reply: failureTag}),
	'plugins.reload': plugin => ({type: 'run', command: 'reloadPlugin', input: {plugin}, reply: failureTag}),
	'plugins.check': plugin => ({type: 'run', command: 'checkHealth', input: {plugin, start: true}, reply: failureTag}),
};
