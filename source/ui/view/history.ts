import {reopenScreen, closeScreen} from '../screens/registry.ts';
import {type ScreenState} from '../screens/screen.ts';
import {type ViewContext, type ViewUpdate} from './context.ts';
import {type Place, type ViewState} from './state.ts';

const most = 30;

/** After a view took the place of another: the other one is a part of the history. What history itself does is none. */
export function followHistory(before: ViewState, after: ViewState): ViewState {
	if (before.screens === after.screens || before.history !== after.history || keyOf(before.screens) === keyOf(after.screens)) {
		return after;
	}

	return {...after, history: {past: [...before.history.past, placeOf(before)].slice(-most), future: []}};
}

/** To the view before this one; it stays ahead. */
export function goBack(view: ViewState, context: ViewContext): ViewUpdate {
	const {past, future} = view.history;
	return goTo(view, past.at(-1)!, context, {past: past.slice(0, -1), future: [placeOf(view), ...future].slice(0, most)});
}

export function goForward(view: ViewState, context: ViewContext): ViewUpdate {
	const {past, future} = view.history;
	return goTo(view, future[0]!, context, {past: [...past, placeOf(view)].slice(-most), future: future.slice(1)});
}

/** The view from before; once more comes back here. */
export function goLast(view: ViewState, context: ViewContext): ViewUpdate {
	const {past} = view.history;
	return goTo(view, past.at(-1)!, context, {past: [...past.slice(0, -1), placeOf(view)], future: []});
}

const placeOf = ({focus, screens}: ViewState): Place => ({focus, screens});

// What was read or followed then is read and followed anew.
function goTo(view: ViewState, {focus, screens}: Place, context: ViewContext, history: ViewState['history']): ViewUpdate {
	const opened = screens.map(screen => reopenScreen(screen, context));
	return {
		view: {...view, focus, screens: opened.map(({state}) => state), history},
		effects: [...view.screens.flatMap(screen => closeScreen(screen)), ...opened.flatMap(({effects}) => effects)],
	};
}

const keyOf = (screens: readonly ScreenState[]): string => screens.map(screen => screenKey(screen)).join(' ');

function screenKey(screen: ScreenState): string {
	switch (screen.kind) {
		case 'describe': {
			return `describe:${screen.resource.ref}`;
		}

		case 'plugin': {
			return `plugin:${screen.id}`;
		}

		case 'view': {
			return `view:${screen.pane}`;
		}

		case 'logs': {
			return `logs:${screen.title}`;
		}

		default: {
			return screen.kind;
		}
	}
}
