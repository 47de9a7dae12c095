import {type Opened, type OverlayState} from '../../overlays/overlay.ts';
import {closeScreen} from '../../screens/registry.ts';
import {type ScreenState} from '../../screens/screen.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type Effect} from '../effect.ts';
import {type PaneId, type ViewState} from '../state.ts';

/** What a command id does. Keys, palette and help all come to the same record. */
export type ViewCommand = {
	readonly run: (view: ViewState, context: ViewContext, argument?: string) => ViewUpdate;
	/** Why it cannot run now; shown wherever the command is. */
	readonly disabledReason?: (view: ViewState, context: ViewContext, argument?: string) => string | undefined;
};

export type ViewCommands = Readonly<Record<string, ViewCommand>>;

export const only = (view: ViewState, ...effects: readonly Effect[]): ViewUpdate => ({view, effects});

export const openOverlay = (view: ViewState, {state, effects}: Opened<OverlayState>): ViewUpdate => ({
	view: {...view, overlays: [...view.overlays, state]},
	effects,
});

/** Opens a screen; one of the same kind on top is replaced, so that no pile of them grows. */
export function openScreen(view: ViewState, {state, effects}: Opened<ScreenState>): ViewUpdate {
	const top = view.screens.at(-1);
	const isSameKind = top?.kind === state.kind;
	return {
		view: {...view, screens: [...(isSameKind ? view.screens.slice(0, -1) : view.screens), state]},
		effects: [...(top !== undefined && isSameKind ? closeScreen(top) : []), ...effects],
	};
}

/** Back to the panes, with one of them focused. */
export const focusPane = (view: ViewState, pane: PaneId): ViewUpdate => ({
	view: view.focus === pane && view.screens.length === 0 ? view : {...view, focus: pane, screens: []},
	effects: view.screens.flatMap(screen => closeScreen(screen)),
});
