import {type InputEvent} from '../../keymap/key-event.ts';
import {type Outcome} from '../../core/failure/outcome.ts';

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
	| {readonly type: 'toast'; readonly level: 'info' | 'warn' | 'error'; readonly text: string};
