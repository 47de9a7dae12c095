// oxlint-disable no-control-regex -- control characters are what this file reads
import {type InputEvent, type KeyEvent} from './key-event.ts';

const burstLength = 8;
const movementKeys = new Set('hjklgG');
const textRun = /[^\u0000-\u001F\u007F-\u009F]+/y;
const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const controlNames: Readonly<Record<string, string>> = {
	'\b': 'backspace',
	'\t': 'tab',
	// Typed before raw mode was on, Enter arrives as a line feed.
	'\n': 'enter',
	'\r': 'enter',
	'\u001B': 'esc',
	'\u007F': 'backspace',
};

/** Reads a run of text, or one control character, from `at` on. */
export function readText(text: string, at: number): {readonly end: number; readonly events: readonly InputEvent[]} {
	textRun.lastIndex = at;
	const run = textRun.exec(text)?.[0];
	if (run !== undefined) {
		return {end: at + run.length, events: eventsOfRun(run)};
	}

	const key = keyOfCharacter(text[at]!);
	return {end: at + (text.startsWith('\r\n', at) ? 2 : 1), events: key === undefined ? [] : [{type: 'key', key}]};
}

/** The key of one character, control characters included; undefined for what no keyboard sends. */
export function keyOfCharacter(character: string): KeyEvent | undefined {
	const plain = {ctrl: false, alt: false, shift: false};
	const name = controlNames[character];
	if (name !== undefined) {
		return {name, ...plain};
	}

	if (character === ' ') {
		return {name: 'space', ...plain, text: ' '};
	}

	const code = character.codePointAt(0)!;
	if (code < 0x20) {
		return {name: code === 0 ? 'space' : String.fromCodePoint(code + 0x40).toLowerCase(), ...plain, ctrl: true};
	}

	// C1 controls, and what a broken UTF-8 sequence decodes to.
	return (code >= 0x80 && code < 0xa0) || code === 0xff_fd ? undefined : {name: character, ...plain, text: character};
}

function eventsOfRun(run: string): readonly InputEvent[] {
	const characters = /^[\u0000-\u007E]*$/.test(run) ? Array.from(run) : Array.from(graphemes.segment(run), ({segment}) => segment);
	if (isBurst(characters)) {
		return [{type: 'burst', text: run}];
	}

	return characters.flatMap(character => {
		const key = keyOfCharacter(character);
		return key === undefined ? [] : [{type: 'key' as const, key}];
	});
}

// Nobody types eight keys within one read, but a held key or a person running through a list does arrive so on a slow link.
const isBurst = (printables: readonly string[]): boolean =>
	printables.length >= burstLength &&
	printables.some(character => character !== printables[0]) &&
	printables.some(character => !movementKeys.has(character));
