import {type Opened, type OverlayState} from '../../overlays/overlay.ts';
import {type ScreenState} from '../../screens/screen.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type Effect} from '../effect.ts';
import {type ViewState} from '../state.ts';

/** What a command id does. Keys, palette and help all come to the same record. */
export type ViewCommand = {
	readonly run: (view: ViewState, context: ViewContext, argument?: string) => ViewUpdate;
	/** Why it cannot run now; shown wherever the command is. */
	readonly disabledReason?: (view: ViewState, context: ViewContext) => string | undefined;
};

export type ViewCommands = Readonly<Record<string, ViewCommand>>;

export const only = (view: ViewState, ...effects: readonly Effect[]): ViewUpdate => ({view, effects});

export const openOverlay = (view: ViewState, {state, effects}: Opened<OverlayState>): ViewUpdate => ({
	view: {...view, overlays: [...view.overlays, state]},
	effects,
});

/** Opens a screen; one of the same kind on top is replaced, so that no pile of them grows. */
export function openScreen(view: ViewState, {state, effects}: Opened<ScreenState>): ViewUpdate {
	const below = view.screens.at(-1)?.kind === state.kind ? view.screens.slice(0, -1) : view.screens;
	return {view: {...view, screens: [...below, state]}, effects};
}
