/**
One key press, already named. `name` is the lower-case name of the dictionary (`enter esc tab backspace delete up down left right
home end pageUp pageDown insert space f1`…) or, for printables, the character itself (`D`, `/`, `ä`). Space is `space`.
*/
export type KeyEvent = {
	readonly name: string;
	readonly ctrl: boolean;
	readonly alt: boolean;
	/** Only for named keys (`shift+tab`, `shift+up`); a capital letter is its own character. */
	readonly shift: boolean;
	/** What a text field inserts; absent for anything that is no text. */
	readonly text?: string;
};

export type InputEvent =
	| {readonly type: 'key'; readonly key: KeyEvent}
	/** Bracketed paste; never read as commands. */
	| {readonly type: 'paste'; readonly text: string}
	/** An unbracketed chunk of eight or more printables that is no repeated key. */
	| {readonly type: 'burst'; readonly text: string};

/** `ctrl+d`, `shift+tab`, `D`, `space`, `f5`: the form of the config, of help and of the docs. */
export const formatKey = ({name, ctrl, alt, shift}: KeyEvent): string =>
	`${ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`;
