import {formatKey, type InputEvent} from '../../../keymap/key-event.ts';
import {type Line, span} from '../line/line.ts';

/** A value nobody should see: typed or pasted at its end, with its lines as they are. */
export type HiddenField = {readonly value: string};

export const emptyHidden: HiddenField = {value: ''};

// As much as a secret may have elsewhere.
const most = 65_536;

/** The field after the event; undefined when the event is not for it. */
export function updateHidden(field: HiddenField, event: InputEvent): HiddenField | undefined {
	if (event.type !== 'key') {
		return {value: (field.value + event.text.replaceAll(/\r\n?/g, '\n')).slice(0, most)};
	}

	const {key} = event;
	switch (formatKey(key)) {
		case 'backspace':
		case 'ctrl+h': {
			return {value: Array.from(field.value).slice(0, -1).join('')};
		}

		case 'ctrl+u':
		case 'ctrl+w': {
			return emptyHidden;
		}

		default: {
			return key.text === undefined || key.ctrl || key.alt ? undefined : {value: (field.value + key.text).slice(0, most)};
		}
	}
}

/** Dots, and how many lines there are when there is more than one; exactly `width` cells. */
export function hiddenLine({value}: HiddenField, width: number, isFocused: boolean): Line {
	const on = 'field.background';
	const lines = value.replace(/\n+$/, '').split('\n').length;
	const words = lines > 1 ? ` ${lines} lines` : '';
	const dots = '•'.repeat(Math.min(value.length, width - words.length - 1));
	const rest = ' '.repeat(Math.max(0, width - dots.length - words.length - 1));
	return [
		span('field.text', dots, {on}),
		isFocused ? span('field.cursor', ' ', {on, inverse: true}) : span('field.text', ' ', {on}),
		span('field.placeholder', words, {on}),
		span('field.text', rest, {on}),
	];
}
