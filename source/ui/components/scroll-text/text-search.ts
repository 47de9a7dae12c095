import {type InputEvent} from '../../../keymap/key-event.ts';
import {isKey} from '../dialog/focus.ts';
import {type Line, span, type Span} from '../line/line.ts';
import {createTextField, type TextField, updateTextField} from '../text-field/text-field.ts';
import {textFieldSpans} from '../text-field/text-field-line.ts';

/** What a text is searched for; while typing the field has all keys. */
export type TextSearch = {readonly field: TextField; readonly isTyping: boolean};

export const noSearch: TextSearch = {field: createTextField(), isTyping: false};

/** The search after a key while it is typed. */
export function updateTextSearch(search: TextSearch, event: InputEvent): TextSearch {
	if (isKey(event, 'esc')) {
		return noSearch;
	}

	if (isKey(event, 'enter')) {
		return search.field.value === '' ? noSearch : {...search, isTyping: false};
	}

	const field = updateTextField(search.field, event);
	return field === undefined ? search : {...search, field};
}

/** The nearest line with a match from `from` on (going `by`), round the end; undefined when there is none. */
export function findLine(length: number, textAt: (index: number) => string, query: string, from: number, by: 1 | -1): number | undefined {
	const wanted = query.toLowerCase();
	if (wanted === '') {
		return undefined;
	}

	for (let step = 0; step < length; step++) {
		const index = (((from + step * by) % length) + length) % length;
		if (textAt(index).toLowerCase().includes(wanted)) {
			return index;
		}
	}

	return undefined;
}

/** The same spans with every match of the query picked out. */
export function highlight(line: Line, query: string): Line {
	const wanted = query.toLowerCase();
	return wanted === '' ? line : line.flatMap(part => splitMatches(typeof part === 'string' ? span('text.default', part) : part, wanted));
}

export const searchLine = ({field}: TextSearch, width: number): Line => [
	span('text.accent', '/', {bold: true}),
	...textFieldSpans({field, width: Math.min(width - 1, 50), isFocused: true, placeholder: 'search'}),
];

function splitMatches(part: Span, wanted: string): readonly Span[] {
	const lower = part.text.toLowerCase();
	const parts: Span[] = [];
	let from = 0;
	// A text whose length changes with its case cannot be cut by the other's indexes.
	for (let at = lower.length === part.text.length ? lower.indexOf(wanted) : -1; at !== -1; at = lower.indexOf(wanted, from)) {
		parts.push(
			{...part, text: part.text.slice(from, at)},
			span('selection.text', part.text.slice(at, at + wanted.length), {on: 'selection.background', bold: true}),
		);
		from = at + wanted.length;
	}

	return [...parts, {...part, text: part.text.slice(from)}].filter(({text}) => text !== '');
}
