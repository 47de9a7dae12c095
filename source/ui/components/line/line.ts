import {padEnd, padStart, textWidth, truncate} from '../../../core/text/text.ts';
import {type PaintOptions, type Theme, type Token} from '../../theme/tokens.ts';

/** A piece of a line in one role. A plain string is `text.default`. */
export type Span = PaintOptions & {readonly token: Token; readonly text: string};

/** One line of a layer before it is painted: its width is still countable. */
export type Line = readonly (Span | string)[];

export const span = (token: Token, text: string, options?: PaintOptions): Span => ({token, text, ...options});

export const lineWidth = (line: Line): number =>
	line.reduce((sum, part) => sum + textWidth(typeof part === 'string' ? part : part.text), 0);

/** The plain words of a line, for tests and for copying. */
export const lineText = (line: Line): string => line.map(part => (typeof part === 'string' ? part : part.text)).join('');

/** Cuts a line to `width` cells with `…`; a shorter one stays as it is. */
export function cutLine(line: Line, width: number): Line {
	if (lineWidth(line) <= width) {
		return line;
	}

	const result: (Span | string)[] = [];
	let left = width;
	for (const part of line) {
		const text = typeof part === 'string' ? part : part.text;
		const cells = textWidth(text);
		// The ellipsis needs a cell as long as anything follows.
		if (cells < left) {
			result.push(part);
			left -= cells;
			continue;
		}

		const cut = cells === left ? truncate(`${text}…`, left) : truncate(text, left);
		result.push(typeof part === 'string' ? cut : {...part, text: cut});
		break;
	}

	return result;
}

/** Left and right parts with the gap between them filled; the left one gives way. */
export function spreadLine(left: Line, right: Line, width: number): Line {
	const room = width - lineWidth(right);
	const fitted = cutLine(left, Math.max(0, room - 1));
	return [...fitted, ' '.repeat(Math.max(0, room - lineWidth(fitted))), ...right];
}

/** A cell of a table in one role. */
export const cell = (token: Token, text: string, width: number, options?: PaintOptions): Span => span(token, padEnd(text, width), options);

export const numberCell = (token: Token, text: string, width: number, options?: PaintOptions): Span =>
	span(token, padStart(text, width), options);

/** The painted string of exactly `width` cells for one `<Text>`. `on` is the background where a span names none. */
export function paintLine(theme: Theme, line: Line, width: number, on?: Token): string {
	const cut = cutLine(line, width);
	const rest = width - lineWidth(cut);
	const spans = joinSpans(theme, rest > 0 ? [...cut, ' '.repeat(rest)] : cut);
	return joinPainted(...spans.map(part => paintSpan(theme, part, on)));
}

/** Painted strings side by side. */
export const joinPainted = (...parts: readonly string[]): string => parts.join('').replaceAll(idleCloses, '');

// A close right before an open of the same kind says nothing, and Ink, which leaves it out too, would read the line twice.
// oxlint-disable-next-line no-control-regex
const idleCloses = /\u001B\[39m(?=\u001B\[38;)/g;

/** Neighbours of one role become one span, and blanks go to the span before them: each colour code costs Ink time in every frame. */
function joinSpans(theme: Theme, line: Line): readonly Span[] {
	const result: Span[] = [];
	for (const part of line) {
		const next = typeof part === 'string' ? span('text.default', part) : part;
		const last = result.at(-1);
		if (next.text === '') {
			continue;
		}

		if (last !== undefined && canJoin(theme, last, next)) {
			result[result.length - 1] = {...last, text: last.text + next.text};
		} else {
			result.push(next);
		}
	}

	return result;
}

function canJoin(theme: Theme, last: Span, next: Span): boolean {
	if (last.on !== next.on || last.underline !== next.underline || last.inverse !== next.inverse) {
		return false;
	}

	const isSame = last.token === next.token && last.bold === next.bold;
	return isSame || (next.token === 'text.default' && isBlank(next.text) && isPlain(theme, last.token));
}

const isBlank = (text: string): boolean => text.trim() === '';

const isPlain = (theme: Theme, token: Token): boolean => {
	const {underline, inverse} = theme.definition.tokens[token];
	return !underline && !inverse;
};

function paintSpan(theme: Theme, {token, text, ...options}: Span, on: Token | undefined): string {
	const background = options.on ?? on;
	return text === '' ? '' : theme.paint(token, text, background === undefined ? options : {...options, on: background});
}
