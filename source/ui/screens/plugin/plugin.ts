import {type PluginRecord} from '../../../core/plugin.ts';
import {type TaskRecord} from '../../../core/plugin-parts.ts';
import {type Line, span} from '../../components/line/line.ts';
import {moveCursor, scrollBy} from '../../components/scroll-text/scroll.ts';
import {readingLines} from '../../components/pane-view/reading-lines.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {pluginLook} from '../../panes/plugins/plugin-look.ts';
import {failureTag} from '../../view/activity/failure-tag.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {paneOfTab, readingOf, tabOfPane} from '../../view/plugin-panes/pane-reading.ts';
import {findPane, panesOfPlugin} from '../../view/plugin-panes/plugin-panes.ts';
import {type ScreenArea, screenScopes, type ScreenView} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';
import {tabsLine} from '../shared/sections.ts';
import {textWindow} from '../shared/text-window.ts';
import {findShown, pluginLines} from './plugin-lines.ts';
import {permissionLines} from './permission-lines.ts';
import {logLines} from './log-lines.ts';
import {offerLines} from './offer-lines.ts';
import {taskLines} from './task-lines.ts';

/** One plugin in full: what it is, how it is, what it may, what it does by itself, what it says. */
export type PluginScreen = {
	readonly kind: 'plugin';
	readonly id: string;
	readonly tab: PluginTab;
	readonly top: number;
	/** In the list of tasks. */
	readonly cursor: number;
};

/** `pane:plugin/id` is one of its own. */
export type PluginTab = 'overview' | 'permissions' | 'offers' | 'tasks' | 'log' | `pane:${string}`;

const headerHeight = 2;

export const openPlugin = ({id}: Pick<PluginRecord, 'id'>): Opened<PluginScreen> => ({
	state: {kind: 'plugin', id, tab: 'overview', top: 0, cursor: 0},
	effects: [],
});

export function updatePlugin(state: PluginScreen, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<PluginScreen> {
	if (event.type === 'engine' || event.type === 'reply') {
		return {state};
	}

	const {id} = state;
	const tab = tabNow(state, context);
	const record = findShown(context.engine, id);
	const command = screenCommand(event, screenScopes.plugin, context);
	switch (command) {
		case 'back': {
			return {};
		}

		case 'plugin.nextTab':
		case 'plugin.previousTab': {
			const tabs = tabsOf(id, context).map(one => one.id);
			const next = tabs[(tabs.indexOf(tab) + (command === 'plugin.nextTab' ? 1 : -1) + tabs.length) % tabs.length]!;
			return {state: {...state, tab: next, top: 0, cursor: 0}};
		}

		case 'plugin.enter': {
			const task = tab === 'tasks' ? taskAt(state, record) : undefined;
			if (task !== undefined) {
				return {state, effects: [{type: 'run', command: 'runTask', input: {plugin: id, task: task.name}, reply: failureTag}]};
			}

			return record?.consent === undefined ? {state} : {state, command: {id: 'plugins.consent', argument: id}};
		}

		case 'plugin.cancelTask': {
			const task = tab === 'tasks' ? taskAt(state, record) : undefined;
			return task === undefined
				? {state}
				: {state, effects: [{type: 'run', command: 'cancelTask', input: {plugin: id, task: task.name}, reply: failureTag}]};
		}

		case 'plugin.pauseTask': {
			const task = tab === 'tasks' ? taskAt(state, record) : undefined;
			const run = task?.state === 'paused' ? 'resumeTask' : 'pauseTask';
			return task === undefined
				? {state}
				: {state, effects: [{type: 'run', command: run, input: {plugin: id, task: task.name}, reply: failureTag}]};
		}

		default: {
			// What the pane of plugins does to the one under the cursor is done to this one.
			return command?.startsWith('plugins.') === true
				? {state, command: {id: command, argument: id}}
				: move(state, event, moveOf(command), context, view);
		}
	}
}

/** Tasks can be run, paused and, while they run, cancelled where they are listed. */
export function isPluginOff(state: PluginScreen, command: string, context: ViewContext): boolean {
	const record = findShown(context.engine, state.id);
	const task = tabNow(state, context) === 'tasks' ? taskAt(state, record) : undefined;
	return command === 'plugin.cancelTask'
		? task?.state !== 'running'
		: task === undefined && (command === 'plugin.enter' || command === 'plugin.pauseTask');
}

function move(
	state: PluginScreen,
	event: LayerEvent,
	by: ReturnType<typeof moveOf>,
	context: ViewContext,
	view: ViewState,
): LayerUpdate<PluginScreen> {
	if (by === undefined) {
		return {state, isIgnored: event.type === 'key'};
	}

	const {width, height} = screenArea(view);
	const room = height - headerHeight;
	if (tabNow(state, context) === 'tasks') {
		const tasks = findShown(context.engine, state.id)?.tasks.length ?? 0;
		return {state: {...state, cursor: moveCursor({cursor: state.cursor, top: 0}, by, tasks, room).cursor}};
	}

	const {header, lines} = drawnTab(state, context, view, width);
	return {state: {...state, top: scrollBy(state.top, by, lines.length, Math.max(1, room - header.length))}};
}

export function viewPlugin(state: PluginScreen, context: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const {id, top} = state;
	const record = findShown(context.engine, id);
	const look = record === undefined ? undefined : pluginLook(record, view.spinner, view.now);
	const {header, lines} = drawnTab(state, context, view, width);
	const room = Math.max(1, height - headerHeight - header.length);
	return {
		title: `Plugin ${record?.manifest.title ?? id}`,
		note: look === undefined ? [] : [span(look.token, `${look.glyph} ${look.word}`, {bold: true})],
		header: [tabsLine(tabsOf(id, context), tabNow(state, context)), [], ...header],
		...textWindow(lines, top, room),
	};
}

function tabsOf(id: string, {engine}: ViewContext): readonly {readonly id: PluginTab; readonly title: string}[] {
	const record = findShown(engine, id);
	return [
		{id: 'overview', title: 'overview'},
		{id: 'permissions', title: 'permissions'},
		{id: 'offers', title: 'offers'},
		...((record?.tasks.length ?? 0) + (record?.hooks.length ?? 0) === 0 ? [] : [{id: 'tasks' as const, title: 'tasks'}]),
		{id: 'log', title: 'log'},
		...panesOfPlugin(engine.plugins, id).map(({key, title}) => ({id: tabOfPane(key), title})),
	];
}

// A pane of a plugin may be gone since.
const tabNow = ({id, tab}: PluginScreen, context: ViewContext): PluginTab =>
	tabsOf(id, context).some(one => one.id === tab) ? tab : 'overview';

const taskAt = ({cursor}: PluginScreen, record: PluginRecord | undefined): TaskRecord | undefined =>
	record?.tasks[Math.min(cursor, record.tasks.length - 1)];

function drawnTab(
	state: PluginScreen,
	context: ViewContext,
	view: ViewState,
	width: number,
): {readonly header: readonly Line[]; readonly lines: readonly Line[]} {
	const {engine} = context;
	const tab = tabNow(state, context);
	const record = findShown(engine, state.id);
	const pane = paneOfTab(tab);
	if (pane !== undefined) {
		return readingLines(readingOf(view, findPane(engine.plugins, pane)), width);
	}

	if (record === undefined) {
		return {header: [], lines: [[span('health.warn', `There is no plugin \`${state.id}\` any more.`)]]};
	}

	const lines = {
		overview: () => pluginLines(record, engine, view.now, width),
		permissions: () => permissionLines(record, width, view.now),
		offers: () => offerLines(record, engine, view.now, width),
		tasks: () => taskLines(record, {cursor: state.cursor, now: view.now, width, spinner: view.spinner}),
		log: () => logLines(record, engine),
	}[tab as Exclude<PluginTab, `pane:${string}`>];
	return {header: [], lines: lines()};
}
