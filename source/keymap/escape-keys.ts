import {type KeyEvent} from './key-event.ts';
import {keyOfCharacter} from './text-keys.ts';

type Modifiers = {readonly shift: boolean; readonly alt: boolean; readonly ctrl: boolean};

const none: Modifiers = {shift: false, alt: false, ctrl: false};
const released = '3';

const letterNames: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
	Z: 'tab',
};

const numberNames: Readonly<Record<string, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageUp',
	6: 'pageDown',
	7: 'home',
	8: 'end',
	...Object.fromEntries([11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24].map((code, index) => [code, `f${index + 1}`])),
};

const arrowNames: Readonly<Record<string, string>> = {a: 'up', b: 'down', c: 'right', d: 'left'};

// The number pad in application mode, left on by a program that died.
const padCharacters: Readonly<Record<string, string>> = {
	I: '\t',
	M: '\r',
	X: '=',
	...Object.fromEntries(Array.from('jklmnopqrstuvwxy', (letter, index) => [letter, '*+,-./0123456789'[index]!])),
};

// The private code points of the kitty protocol; those that are missing are no keys for us (media keys, modifiers alone).
const kittyNames: Readonly<Record<number, string>> = Object.fromEntries([
	...Array.from('0123456789./*-+\r=', (character, index) => [57_399 + index, character]),
	...['left', 'right', 'up', 'down', 'pageUp', 'pageDown', 'home', 'end', 'insert', 'delete'].map((name, index) => [57_417 + index, name]),
]) as Record<number, string>;

/** The key of `ESC [ parameters final`; undefined for replies, reports and keys nobody binds. */
export function keyOfCsi(parameters: string, final: string): KeyEvent | undefined {
	if (!/^[\d;:]*$/.test(parameters)) {
		return undefined;
	}

	const [first = '', second = ''] = parameters.split(';');
	const [bits = '', eventType] = second.split(':');
	if (eventType === released) {
		return undefined;
	}

	const modifiers = modifiersOf(bits);
	if (final === 'u') {
		return keyOfCode(Number.parseInt(first, 10), modifiers);
	}

	if (final === '~' || final === '$' || final === '^' || final === '@') {
		return keyOfNumber(parameters, first, final, modifiers);
	}

	if (final in arrowNames && parameters === '') {
		return {name: arrowNames[final]!, ...none, shift: true};
	}

	// A cursor report has a row and a column where a key has 1 and its modifiers.
	const isKey = parameters === '' || (first === '1' && (final !== 'R' || Number(bits) <= 16));
	const name = letterNames[final];
	return name === undefined || !isKey ? undefined : {name, ...modifiers, ...(final === 'Z' && {shift: true})};
}

/** The key of `ESC O letter`. */
export function keyOfSs3(bits: string, letter: string): KeyEvent | undefined {
	const character = padCharacters[letter];
	if (character !== undefined) {
		return keyOfCharacter(character);
	}

	if (letter in arrowNames) {
		return {name: arrowNames[letter]!, ...none, ctrl: true};
	}

	const name = letter === 'Z' ? undefined : letterNames[letter];
	return name === undefined ? undefined : {name, ...modifiersOf(bits)};
}

// `ESC [ 5 ; 3 ~` everywhere, `$ ^ @` for modifiers in rxvt, `ESC [ 27 ; 5 ; 13 ~` in xterm's modifyOtherKeys.
function keyOfNumber(parameters: string, first: string, final: string, modifiers: Modifiers): KeyEvent | undefined {
	if (first === '27' && final === '~') {
		return keyOfCode(Number.parseInt(parameters.split(';')[2] ?? '', 10), modifiers);
	}

	const name = numberNames[first];
	if (name === undefined) {
		return undefined;
	}

	return {
		name,
		...modifiers,
		...((final === '$' || final === '@') && {shift: true}),
		...((final === '^' || final === '@') && {ctrl: true}),
	};
}

function keyOfCode(code: number, modifiers: Modifiers): KeyEvent | undefined {
	const special = kittyNames[code];
	if (special !== undefined && special.length > 1) {
		return {name: special, ...modifiers};
	}

	if (special === undefined && !(code > 0 && code < 0xd8_00) && !(code > 0xf8_ff && code <= 0x10_ff_ff)) {
		return undefined;
	}

	const character = special ?? String.fromCodePoint(code);
	const isText = !modifiers.ctrl && !modifiers.alt;
	const key = keyOfCharacter(modifiers.shift && isText ? character.toUpperCase() : character);
	if (key === undefined) {
		return undefined;
	}

	const {name, text} = key;
	// A printable carries its shift in itself; ctrl and a letter is the same key with and without it.
	return {name, ...modifiers, shift: modifiers.shift && text === undefined, ...(isText && text !== undefined && {text})};
}

function modifiersOf(parameter: string): Modifiers {
	const bits = Math.max(0, (Number.parseInt(parameter, 10) || 1) - 1);
	return {shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0};
}
