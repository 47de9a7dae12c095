import {safeText} from '../../../core/text/safe-text.ts';
import {formatKey, type InputEvent, type KeyEvent} from '../../../keymap/key-event.ts';

export type TextField = {
	readonly value: string;
	/** Index into `value`, always between two characters a person sees. */
	readonly cursor: number;
	/** A suggested value: the first thing typed replaces it. */
	readonly isSelected?: boolean;
};

const segmenter = new Intl.Segmenter();

export const createTextField = (value = ''): TextField => ({value, cursor: value.length});

/** A field with a suggestion in it that typing replaces. */
export const suggestTextField = (value: string): TextField => ({value, cursor: value.length, ...(value === '' ? {} : {isSelected: true})});

/** The field after the event; undefined when the event is not for a field (Tab, Esc, Enter, up, down, other keys). */
export function updateTextField(field: TextField, event: InputEvent): TextField | undefined {
	return event.type === 'key' ? press(field, event.key) : insert(field, event.text);
}

function press(field: TextField, key: KeyEvent): TextField | undefined {
	const {value, cursor} = field;
	const selected = field.isSelected === true;
	switch (formatKey(key)) {
		case 'left':
		case 'ctrl+b': {
			return move(field, selected ? 0 : previousIndex(value, cursor));
		}

		case 'right':
		case 'ctrl+f': {
			return move(field, selected ? value.length : nextIndex(value, cursor));
		}

		case 'ctrl+left':
		case 'alt+left':
		case 'alt+b': {
			return move(field, wordStart(value, cursor));
		}

		case 'ctrl+right':
		case 'alt+right':
		case 'alt+f': {
			return move(field, wordEnd(value, cursor));
		}

		case 'home':
		case 'ctrl+a': {
			return move(field, 0);
		}

		case 'end':
		case 'ctrl+e': {
			return move(field, value.length);
		}

		case 'backspace':
		case 'ctrl+h': {
			return selected ? createTextField() : cut(field, previousIndex(value, cursor), cursor);
		}

		case 'delete':
		case 'ctrl+d': {
			return selected ? createTextField() : cut(field, cursor, nextIndex(value, cursor));
		}

		case 'ctrl+w':
		case 'alt+backspace':
		case 'ctrl+backspace': {
			return cut(field, wordStart(value, cursor), cursor);
		}

		case 'alt+d': {
			return cut(field, cursor, wordEnd(value, cursor));
		}

		case 'ctrl+u': {
			return cut(field, 0, cursor);
		}

		case 'ctrl+k': {
			return cut(field, cursor, value.length);
		}

		default: {
			return key.text === undefined || key.ctrl || key.alt ? undefined : insert(field, key.text);
		}
	}
}

function insert(field: TextField, text: string): TextField {
	const flat = safeText(text.replaceAll(/[\t\r\n]+/g, ' '));
	if (flat === '') {
		return field;
	}

	if (field.isSelected) {
		return createTextField(flat);
	}

	const head = field.value.slice(0, field.cursor) + flat;
	return {value: head + field.value.slice(field.cursor), cursor: head.length};
}

const move = (field: TextField, cursor: number): TextField =>
	cursor === field.cursor && !field.isSelected ? field : {value: field.value, cursor};

const cut = (field: TextField, from: number, to: number): TextField =>
	from === to ? field : {value: field.value.slice(0, from) + field.value.slice(to), cursor: from};

function previousIndex(value: string, cursor: number): number {
	let previous = 0;
	for (const {index} of segmenter.segment(value)) {
		if (index >= cursor) {
			break;
		}

		previous = index;
	}

	return previous;
}

const nextIndex = (value: string, cursor: number): number =>
	cursor >= value.length ? value.length : cursor + [...segmenter.segment(value.slice(cursor))][0]!.segment.length;

const wordStart = (value: string, cursor: number): number => /(?:[^\s\-=/.,]+|^)[\s\-=/.,]*$/.exec(value.slice(0, cursor))?.index ?? 0;

const wordEnd = (value: string, cursor: number): number => cursor + (/^[\s\-=/.,]*[^\s\-=/.,]*/.exec(value.slice(cursor))?.[0].length ?? 0);
