import {type InputEvent} from '../../keymap/key-event.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type ActionsOverlay} from './actions/actions.ts';
import {type ConfirmOverlay} from './confirm/confirm.ts';
import {type ConsentOverlay} from './consent/consent.ts';
import {type DeployOverlay} from './deploy/deploy-state.ts';
import {type DestroyOverlay} from './destroy/destroy.ts';
import {type HelpOverlay} from './help/help.ts';
import {type InstallOverlay} from './install/install.ts';
import {type LoginOverlay} from './login/login.ts';
import {type MessageOverlay} from './message/message.ts';
import {type OptionsOverlay} from './options/options.ts';
import {type OutputOverlay} from './output/output.ts';
import {type PaletteOverlay} from './palette/palette.ts';
import {type QuestionOverlay} from './question/question.ts';
import {type RemoveOverlay} from './remove/remove.ts';
import {type SecretOverlay} from './secret/secret.ts';
import {type SortOverlay} from './sort/sort-picker.ts';
import {type ThemeOverlay} from './theme/theme-picker.ts';
import {type ViewsOverlay} from './views/views.ts';
import {type ScreenState} from '../screens/screen.ts';
import {type Effect} from '../view/effect.ts';

/** The states of all overlays; each lives in its own folder and is told apart by `kind`. */
export type OverlayState =
	| ActionsOverlay
	| ConfirmOverlay
	| ConsentOverlay
	| DeployOverlay
	| DestroyOverlay
	| HelpOverlay
	| InstallOverlay
	| LoginOverlay
	| MessageOverlay
	| OptionsOverlay
	| OutputOverlay
	| PaletteOverlay
	| QuestionOverlay
	| RemoveOverlay
	| SecretOverlay
	| SortOverlay
	| ThemeOverlay
	| ViewsOverlay;

/** A freshly opened layer and what it wants to know. */
export type Opened<State> = {readonly state: State; readonly effects: readonly Effect[]};

export type LayerEvent =
	| InputEvent
	| {readonly type: 'reply'; readonly reply: string; readonly outcome: Outcome<unknown>; readonly isLast: boolean}
	| {readonly type: 'engine'};

/** What a layer answers. An overlay swallows every key; a screen may hand one back with `isIgnored`, then the global keys get it. */
export type LayerUpdate<State> = {
	/** Absent closes the layer. */
	readonly state?: State;
	readonly effects?: readonly Effect[];
	/** Put on top of everything; what it wants to know is in `effects`. */
	readonly overlay?: OverlayState;
	/** Opened over the panes, likewise. */
	readonly screen?: ScreenState;
	/** A view command to run afterwards, for example what was chosen in the palette. */
	readonly command?: {readonly id: string; readonly argument?: string};
	/** Takes the place of what the view knew of where plugins came from. */
	readonly installedFrom?: Readonly<Record<string, string>>;
	readonly isIgnored?: boolean;
};
