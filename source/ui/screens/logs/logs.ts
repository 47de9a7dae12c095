import {type LogLine, type LogRecord, type PluginRecord} from '../../../core/plugin.ts';
import {type Resource} from '../../../core/resource.ts';
import {type EngineState} from '../../../engine/state.ts';
import {type InputEvent} from '../../../keymap/key-event.ts';
import {scrollBy} from '../../components/scroll-text/scroll.ts';
import {findLine, noSearch, updateTextSearch} from '../../components/scroll-text/text-search.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Effect} from '../../view/effect.ts';
import {type ViewState} from '../../view/state.ts';
import {screenScopes} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';
import {appendLines, type LogsScreen} from './logs-state.ts';
import {firstShown} from './log-window.ts';
import {logText} from './log-line.ts';

const fresh = {
	kind: 'logs',
	lines: [],
	dropped: 0,
	phase: 'waiting',
	isFollowing: true,
	top: 0,
	isWrapped: false,
	hasTimes: false,
	search: noSearch,
} as const;

/** Follows the log of a workstation. */
export const openLogs = ({ref, name}: Pick<Resource, 'ref' | 'name'>): Opened<LogsScreen> => ({
	state: {...fresh, title: name, source: {type: 'resource', ref}},
	effects: [{type: 'logs', ref, follow: true, tail: 1000, reply: `logs:${ref}`}],
});

/** The log of a plugin, as the host keeps it. */
export const openPluginLog = ({id}: Pick<PluginRecord, 'id'>, {engine}: ViewContext): Opened<LogsScreen> => ({
	state: {
		...fresh,
		title: `plugin ${id}`,
		source: {type: 'plugin', plugin: id},
		hasTimes: true,
		phase: 'streaming',
		lines: pluginLines(engine, id),
	},
	effects: [],
});

/** A stream goes on until somebody says stop. */
export const closeLogs = ({source}: LogsScreen): readonly Effect[] =>
	source.type === 'resource' ? [{type: 'cancel', reply: `logs:${source.ref}`}] : [];

export function updateLogs(state: LogsScreen, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<LogsScreen> {
	switch (event.type) {
		case 'reply': {
			return {state: receive(state, event)};
		}

		case 'engine': {
			return {state: state.source.type === 'plugin' ? readPlugin(state, state.source.plugin, context) : state};
		}

		default: {
			return state.search.isTyping ? {state: typeSearch(state, event, context, view)} : press(state, event, context, view);
		}
	}
}

/** Rows for the lines: the foot of the screen has the state of the log. */
const rowsOf = (view: ViewState): number => Math.max(1, screenArea(view).height - 1);

function press(state: LogsScreen, event: InputEvent, context: ViewContext, view: ViewState): LayerUpdate<LogsScreen> {
	const command = screenCommand(event, screenScopes.logs, context);
	switch (command) {
		case 'back': {
			return state.search.field.value === '' ? {effects: closeLogs(state)} : {state: {...state, search: noSearch}};
		}

		case 'logs.pause': {
			return {state: state.isFollowing ? freeze(state, view) : {...state, isFollowing: true}};
		}

		case 'logs.timestamps': {
			return {state: {...state, hasTimes: !state.hasTimes}};
		}

		case 'logs.wrap': {
			return {state: {...state, isWrapped: !state.isWrapped}};
		}

		case 'text.search': {
			return {state: {...state, search: {...noSearch, isTyping: true}}};
		}

		case 'text.next':
		case 'text.previous': {
			return {state: jump(freeze(state, view), command === 'text.next' ? 1 : -1, 1)};
		}

		case 'text.copy': {
			return {state, effects: [{type: 'copy', text: allText(state), label: `${state.lines.length} lines`}]};
		}

		case 'text.save': {
			return {state, effects: [{type: 'save', name: `${state.title.replaceAll(/[^\w.-]+/g, '-')}.log`, text: `${allText(state)}\n`}]};
		}

		default: {
			const move = moveOf(command);
			return move === undefined ? {state, isIgnored: true} : {state: scroll(state, move, view)};
		}
	}
}

const allText = ({lines, hasTimes}: LogsScreen): string => lines.map(line => logText(line, hasTimes)).join('\n');

// Going up stops following where the person looks; reaching the end follows again.
function scroll(state: LogsScreen, move: NonNullable<ReturnType<typeof moveOf>>, view: ViewState): LogsScreen {
	const frozen = freeze(state, view);
	const end = firstShown({...frozen, isFollowing: true}, rowsOf(view), screenArea(view).width);
	const top = Math.min(scrollBy(frozen.top, move, frozen.lines.length, 1), end);
	return top >= end && move !== 'up' ? {...frozen, isFollowing: true} : {...frozen, top};
}

const freeze = (state: LogsScreen, view: ViewState): LogsScreen =>
	state.isFollowing ? {...state, isFollowing: false, top: firstShown(state, rowsOf(view), screenArea(view).width)} : state;

function typeSearch(state: LogsScreen, event: InputEvent, _context: ViewContext, view: ViewState): LogsScreen {
	const search = updateTextSearch(state.search, event);
	return search.field.value === state.search.field.value ? {...state, search} : jump({...freeze(state, view), search}, 1, 0);
}

function jump(state: LogsScreen, by: 1 | -1, offset: 0 | 1): LogsScreen {
	const found = findLine(
		state.lines.length,
		index => logText(state.lines[index]!, state.hasTimes),
		state.search.field.value,
		state.top + offset * by,
		by,
	);
	return found === undefined ? state : {...state, top: found};
}

function receive(state: LogsScreen, {reply, outcome, isLast}: Extract<LayerEvent, {type: 'reply'}>): LogsScreen {
	if (state.source.type !== 'resource' || reply !== `logs:${state.source.ref}`) {
		return state;
	}

	if (!outcome.ok) {
		return {...state, phase: 'failed', error: outcome.error};
	}

	// The last answer of a stream may carry nothing.
	const lines = Array.isArray(outcome.value) ? (outcome.value as readonly LogLine[]) : [];
	return {...appendLines(state, lines), phase: isLast ? 'ended' : 'streaming'};
}

function readPlugin(state: LogsScreen, plugin: string, {engine}: ViewContext): LogsScreen {
	const lines = pluginLines(engine, plugin);
	return lines.length === state.lines.length && lines.at(-1)?.at === state.lines.at(-1)?.at ? state : {...state, lines};
}

const pluginLines = ({logs}: EngineState, plugin: string): readonly LogLine[] =>
	logs
		.filter(record => record.plugin === plugin)
		.toReversed()
		.map(record => lineOf(record));

const lineOf = ({at, level, message, fields, dropped}: LogRecord): LogLine => ({
	at,
	level,
	stream: 'system',
	text: [message, fields === undefined ? '' : JSON.stringify(fields), dropped === undefined ? '' : `(${dropped} dropped before)`]
		.filter(Boolean)
		.join(' '),
});
