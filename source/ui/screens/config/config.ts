import {type PluginRecord} from '../../../core/plugin.ts';
import {withPluginEntries} from '../../../core/plugin-entries.ts';
import {type SettingEntry} from '../../../core/settings.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {truncateMiddle} from '../../../core/text/text.ts';
import {cell, type Line, span} from '../../components/line/line.ts';
import {menuRow} from '../../components/menu/menu-lines.ts';
import {moveCursor} from '../../components/scroll-text/scroll.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {openOptions} from '../../overlays/options/options.ts';
import {fromOutcome, loading, type Remote} from '../../overlays/shared/remote.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Effect} from '../../view/effect.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, screenScopes, type ScreenView} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';

/** Every setting with its value and where that comes from. */
export type ConfigScreen = {
	readonly kind: 'config';
	readonly entries: Remote<readonly SettingEntry[]>;
	readonly cursor: number;
	readonly top: number;
};

const entriesTag = 'config:entries';
const read: Effect = {type: 'settings', reply: entriesTag};

export const openConfig = (): Opened<ConfigScreen> => ({state: {kind: 'config', entries: loading, cursor: 0, top: 0}, effects: [read]});

export function updateConfig(state: ConfigScreen, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<ConfigScreen> {
	if (event.type === 'reply') {
		return event.reply === entriesTag
			? {state: {...state, entries: fromOutcome<readonly SettingEntry[]>(event.outcome)}}
			: {state, ...(event.reply === 'options:save' && {effects: [read]})};
	}

	const entries = entriesOf(state, context);
	const command = screenCommand(event, screenScopes.config, context);
	switch (command) {
		case 'back': {
			return {};
		}

		case 'config.edit': {
			const key = keyAt(state, entries) ?? 'KEY';
			const record = pluginOfKey(key, context);
			if (record === undefined) {
				return {state, effects: [{type: 'toast', level: 'info', text: `cws config set ${key} VALUE changes this one`}]};
			}

			const {state: overlay, effects} = openOptions(record);
			return {state, overlay, effects};
		}

		default: {
			const move = moveOf(command);
			if (move === undefined) {
				return {state, isIgnored: event.type === 'key'};
			}

			return {state: {...state, ...moveCursor(state, move, entries.length, screenArea(view).height - 1)}};
		}
	}
}

/** Only what belongs to a plugin has a form; of the others Enter says the command. */
export const isConfigOff = (state: ConfigScreen, command: string, context: ViewContext): boolean =>
	command === 'config.edit' && pluginOfKey(keyAt(state, entriesOf(state, context)) ?? '', context) === undefined;

const keyAt = ({cursor}: ConfigScreen, entries: readonly SettingEntry[]): string | undefined =>
	entries[Math.min(cursor, entries.length - 1)]?.key;

function pluginOfKey(key: string, {engine}: ViewContext): PluginRecord | undefined {
	const [table, id] = key.split('.');
	return table === 'plugins' ? engine.plugins.find(one => one.id === id && one.state !== 'shadowed') : undefined;
}

export function viewConfig(state: ConfigScreen, context: ViewContext, _view: ViewState, {width, height}: ScreenArea): ScreenView {
	const entries = entriesOf(state, context);
	const key = Math.min(Math.max(3, ...entries.map(entry => entry.key.length)), Math.floor(width * 0.4)) + 2;
	const value = Math.max(8, Math.floor((width - key) * 0.5));
	const room = Math.max(1, height - 1);
	const {cursor, top} = moveCursor(state, undefined, entries.length, room);
	const own = entries.filter(({source}) => source !== 'default').length;
	return {
		title: 'Config',
		note: state.entries.status === 'ready' ? [span('text.muted', `${own} of ${entries.length} not the default`)] : [],
		header: [[cell('text.muted', 'KEY', key), cell('text.muted', 'VALUE', value), span('text.muted', 'COMES FROM')]],
		body:
			state.entries.status === 'failed'
				? failureLines(state.entries.error, width)
				: entries.slice(top, top + room).map((entry, index) => menuRow(entryLine(entry, key, value), top + index === cursor, width)),
		more: {above: top > 0, below: top + room < entries.length},
	};
}

function entriesOf({entries}: ConfigScreen, {engine}: ViewContext): readonly SettingEntry[] {
	const manifests = engine.plugins.filter(({state}) => state !== 'shadowed').map(({manifest}) => manifest);
	return entries.status === 'ready' ? withPluginEntries(entries.value, manifests) : [];
}

function entryLine({key: name, value, source, from}: SettingEntry, key: number, room: number): Line {
	const isOwn = source !== 'default';
	const text = value === undefined ? '—' : typeof value === 'string' ? value : JSON.stringify(value);
	return [
		cell(isOwn ? 'text.strong' : 'text.default', truncateMiddle(name, key - 2), key),
		cell(isOwn ? 'text.accent' : 'text.muted', truncateMiddle(safeText(text), room - 2), room),
		span(isOwn ? 'text.default' : 'text.faint', from === undefined ? source : `${source} · ${from.slice(from.lastIndexOf('/') + 1)}`),
	];
}
