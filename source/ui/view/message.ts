import {type InputEvent} from '../../keymap/key-event.ts';
import {type Outcome} from '../../core/failure/outcome.ts';
import {type OverlayState} from '../overlays/overlay.ts';

/** Everything that can change the view. */
export type Message =
	| {readonly type: 'input'; readonly event: InputEvent}
	| {readonly type: 'resize'; readonly columns: number; readonly rows: number}
	/** The engine published a new state: cursors follow identities, marks of gone rows vanish. */
	| {readonly type: 'engine'}
	| {readonly type: 'tick'; readonly now: number; readonly isSpinning: boolean}
	/** The answer to an effect with that tag. Streams answer more than once. */
	| {readonly type: 'reply'; readonly reply: string; readonly outcome: Outcome<unknown>; readonly isLast: boolean}
	/** The theme of that name is in force from now on. */
	| {readonly type: 'theme'; readonly name: string}
	/** Somebody wants to know something; it waits until no other dialog is open. */
	| {readonly type: 'ask'; readonly overlay: OverlayState}
	/** A plugin does not want to know it any more. */
	| {readonly type: 'withdraw'; readonly question: number}
	/** A plugin's word for the header; an empty one takes it away. */
	| {readonly type: 'status'; readonly plugin: string; readonly text: string}
	| {readonly type: 'toast'; readonly level: 'info' | 'warn' | 'error'; readonly text: string};
