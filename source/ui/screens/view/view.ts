import {formatAge} from '../../../core/text/duration.ts';
import {type Line, span} from '../../components/line/line.ts';
import {type DrawnView, tabCount} from '../../components/pane-view/pane-view-lines.ts';
import {readingLines} from '../../components/pane-view/reading-lines.ts';
import {scrollBy} from '../../components/scroll-text/scroll.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {type ViewContext} from '../../view/context.ts';
import {findPane} from '../../view/plugin-panes/plugin-panes.ts';
import {type PaneReading, readingOf} from '../../view/plugin-panes/pane-reading.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, screenScopes, type ScreenView} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';
import {textWindow} from '../shared/text-window.ts';

/** What a plugin shows, over the whole screen. */
export type PluginViewScreen = {
	readonly kind: 'view';
	/** `plugin/pane`. */
	readonly pane: string;
	readonly tab: number;
	readonly top: number;
};

export const openPluginView = (pane: string): Opened<PluginViewScreen> => ({state: {kind: 'view', pane, tab: 0, top: 0}, effects: []});

export function updatePluginView(
	state: PluginViewScreen,
	event: LayerEvent,
	context: ViewContext,
	view: ViewState,
): LayerUpdate<PluginViewScreen> {
	const command = screenCommand(event, screenScopes.view, context);
	switch (command) {
		case 'back': {
			return {};
		}

		case 'view.plugin': {
			return {state, command: {id: 'plugins.detail', argument: state.pane.slice(0, state.pane.indexOf('/'))}};
		}

		case 'view.nextTab':
		case 'view.previousTab': {
			const count = tabCount(view.panes[state.pane]?.view);
			const tab = (state.tab + (command === 'view.nextTab' ? 1 : -1) + count) % count;
			return {state: tab === state.tab ? state : {...state, tab, top: 0}};
		}

		default: {
			const move = moveOf(command);
			if (move === undefined) {
				return {state, isIgnored: event.type === 'key'};
			}

			const {width, height} = screenArea(view);
			const {header, lines} = drawn(state, context, view, width);
			return {state: {...state, top: scrollBy(state.top, move, lines.length, Math.max(1, height - header.length))}};
		}
	}
}

/** Most views have no tabs to go through. */
export const isViewOff = ({pane}: PluginViewScreen, command: string, _context: ViewContext, {panes}: ViewState): boolean =>
	(command === 'view.nextTab' || command === 'view.previousTab') && tabCount(panes[pane]?.view) < 2;

export function viewPluginView(state: PluginViewScreen, context: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const pane = findPane(context.engine.plugins, state.pane);
	if (pane === undefined) {
		return {title: state.pane, body: [[span('text.muted', 'The plugin that shows this is not here any more.')]]};
	}

	const {header, lines} = drawn(state, context, view, width);
	return {
		title: `${pane.title}  ${pane.plugin}`,
		note: readingNote(readingOf(view, pane), view),
		header,
		...textWindow(lines, state.top, Math.max(1, height - header.length)),
	};
}

/** How old it is, or that it is on its way. */
export function readingNote(reading: PaneReading | undefined, {now, spinner}: ViewState): Line {
	if (reading?.readAt === undefined) {
		return [span('status.changing', spinnerGlyph(spinner)), span('text.muted', ' reading')];
	}

	if (reading.error !== undefined) {
		return [span('health.fail', 'failed', {bold: true})];
	}

	const age = formatAge(now - reading.readAt);
	return [span('text.muted', age === 'live' ? 'live' : `${age} ago`)];
}

const drawn = ({pane, tab}: PluginViewScreen, {engine}: ViewContext, view: ViewState, width: number): DrawnView =>
	readingLines(readingOf(view, findPane(engine.plugins, pane)), width, tab);
