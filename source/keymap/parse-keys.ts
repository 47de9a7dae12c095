// oxlint-disable no-control-regex -- escape sequences are what this file reads
import {keyOfCsi, keyOfSs3} from './escape-keys.ts';
import {type InputEvent, type KeyEvent} from './key-event.ts';
import {keyOfCharacter, readText} from './text-keys.ts';

/** Turns the bytes of a terminal into keys and pastes; replies of the terminal and mouse reports vanish. */
export type KeyParser = {
	/** Takes what arrived, cut anywhere, and gives what is certain by now. */
	readonly push: (chunk: string | Uint8Array) => readonly InputEvent[];
	/** Nothing more came: a lone ESC is the key, half a sequence is dropped. */
	readonly flush: () => readonly InputEvent[];
	/** Milliseconds the caller waits for more before `flush`; 0 while nothing is open. */
	readonly waitMs: () => number;
};

/** What was read from one place on: the next place and its event, or nothing when more has to come. */
type Step = {readonly end: number; readonly events: readonly InputEvent[]; readonly isPasteStart?: boolean};

const escapeWaitMs = 25;
// Half a sequence is no key a person can press, so a slow link gets longer.
const sequenceWaitMs = 250;
const pasteStart = '200~';
const pasteEnd = '\u001B[201~';
const maxPasteLength = 1_048_576;
const noEvents: readonly InputEvent[] = [];

const csi = /\u001B\[([0-?]*)([ -/]*)([@-~])/y;
const openCsi = /\u001B\[[0-?]*[ -/]*/y;
const linuxConsoleKey = /\u001B\[\[([A-E])/y;
// A lone `$` ends a key of rxvt; in the replies that also use it a `?` or a `;` comes first.
const rxvtShiftKey = /\u001B\[(\d+)\$/y;
const ss3 = /\u001BO(?:\d*;)?(\d*)([A-Za-z])/y;
const openSs3 = /\u001BO[\d;]*$/y;
// OSC, DCS and APC as terminals answer, up to their end; anything else after these letters is alt and a key.
const replyBody = /\u001B(?:\](?=\d|$)|P(?=[\d>=!$+|]|$)|_(?=G|$))[^\u0000-\u001F\u009C]*/y;
const replyEnd = /\u0007|\u001B\\|\u009C/y;

export function createKeyParser(): KeyParser {
	const decoder = new TextDecoder();
	let pending = '';
	let paste: string | undefined;

	const read = (isFinal: boolean): readonly InputEvent[] => {
		if (pending === '') {
			return noEvents;
		}

		const events: InputEvent[] = [];
		let at = 0;
		while (at < pending.length) {
			if (paste !== undefined) {
				const end = pending.indexOf(pasteEnd, at);
				const stop = end === -1 ? pending.length - openEndLength(pending) : end;
				paste = (paste + pending.slice(at, stop)).slice(0, maxPasteLength);
				at = stop;
				if (end === -1) {
					break;
				}

				events.push({type: 'paste', text: paste.replaceAll(/\r\n?/g, '\n')});
				paste = undefined;
				at += pasteEnd.length;
				continue;
			}

			const step = pending[at] === '\u001B' ? readEscape(pending, at, isFinal) : readText(pending, at);
			if (step === undefined) {
				break;
			}

			events.push(...step.events);
			at = step.end;
			if ('isPasteStart' in step) {
				paste = '';
			}
		}

		pending = pending.slice(at);
		return events;
	};

	return {
		push(chunk) {
			const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, {stream: true});
			// Pasted text holds no control characters, so this is a person whose terminal lost the end of the paste.
			if (paste !== undefined && text === '\u0003') {
				paste = undefined;
				pending = '';
			}

			pending += text;
			return read(false);
		},
		flush: () => (paste === undefined ? read(true) : noEvents),
		waitMs: () => (pending === '' || paste !== undefined ? 0 : pending.length > 2 ? sequenceWaitMs : escapeWaitMs),
	};
}

function readEscape(text: string, at: number, isFinal: boolean): Step | undefined {
	const next = text[at + 1];
	// Two ESC are two keys; a terminal that sends them for alt is rarer than a person who presses ESC twice.
	if (next === undefined || next === '\u001B') {
		return next === undefined && !isFinal ? undefined : {end: at + 1, events: [keyEvent({name: 'esc'})]};
	}

	if (next === '[') {
		return readCsi(text, at, isFinal);
	}

	if (next === 'O') {
		return readSs3(text, at, isFinal);
	}

	const body = matchAt(replyBody, text, at);
	return body === undefined ? readAlt(text, at) : readReply(text, at, at + body[0].length, isFinal);
}

function readReply(text: string, at: number, bodyEnd: number, isFinal: boolean): Step | undefined {
	const isOpen = bodyEnd === text.length || (text[bodyEnd] === '\u001B' && bodyEnd + 1 === text.length);
	if (isOpen && !isFinal) {
		return undefined;
	}

	// Alone it was alt and the letter.
	if (bodyEnd === at + 2) {
		return readAlt(text, at);
	}

	return {end: bodyEnd + (matchAt(replyEnd, text, bodyEnd)?.[0].length ?? 0), events: noEvents};
}

function readCsi(text: string, at: number, isFinal: boolean): Step | undefined {
	// A mouse report in the oldest form has three characters behind its letter.
	if (text.startsWith('\u001B[M', at)) {
		return text.length < at + 6 && !isFinal ? undefined : {end: Math.min(at + 6, text.length), events: noEvents};
	}

	const console = matchAt(linuxConsoleKey, text, at);
	if (console !== undefined) {
		return {end: at + console[0].length, events: [keyEvent({name: `f${console[1]!.codePointAt(0)! - 64}`})]};
	}

	const shifted = matchAt(rxvtShiftKey, text, at);
	if (shifted !== undefined) {
		return {end: at + shifted[0].length, events: eventsOf(keyOfCsi(shifted[1]!, '$'))};
	}

	const whole = matchAt(csi, text, at);
	if (whole !== undefined && !(whole[3] === '[' && whole[1] === '')) {
		const [sequence, parameters = '', intermediates = '', final = ''] = whole;
		const end = at + sequence.length;
		if (parameters + final === pasteStart) {
			return {end, events: noEvents, isPasteStart: true};
		}

		return {end, events: intermediates === '' ? eventsOf(keyOfCsi(parameters, final)) : noEvents};
	}

	const end = at + matchAt(openCsi, text, at)![0].length;
	if (!isFinal && (end === text.length || (whole !== undefined && text.length === at + 3))) {
		return undefined;
	}

	// A broken sequence is dropped up to what broke it; nothing behind it is lost.
	return end === at + 2 ? readAlt(text, at) : {end, events: noEvents};
}

function readSs3(text: string, at: number, isFinal: boolean): Step | undefined {
	const whole = matchAt(ss3, text, at);
	const key = whole === undefined ? undefined : keyOfSs3(whole[1]!, whole[2]!);
	if (key !== undefined) {
		return {end: at + whole![0].length, events: [{type: 'key', key}]};
	}

	return !isFinal && matchAt(openSs3, text, at) !== undefined ? undefined : readAlt(text, at);
}

function readAlt(text: string, at: number): Step {
	const character = String.fromCodePoint(text.codePointAt(at + 1)!);
	const key = keyOfCharacter(character);
	const end = at + 1 + character.length;
	if (key === undefined) {
		return {end, events: noEvents};
	}

	const {name, ctrl, shift} = key;
	return {end, events: [keyEvent({name, ctrl, shift, alt: true})]};
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
	pattern.lastIndex = at;
	return pattern.exec(text) ?? undefined;
}

const keyEvent = (key: Partial<KeyEvent> & {readonly name: string}): InputEvent => ({
	type: 'key',
	key: {ctrl: false, alt: false, shift: false, ...key},
});

const eventsOf = (key: KeyEvent | undefined): readonly InputEvent[] => (key === undefined ? noEvents : [{type: 'key', key}]);

// How much of the end of the text may be the beginning of the paste's end.
function openEndLength(text: string): number {
	for (let length = Math.min(pasteEnd.length - 1, text.length); length > 0; length--) {
		if (text.endsWith(pasteEnd.slice(0, length))) {
			return length;
		}
	}

	return 0;
}
