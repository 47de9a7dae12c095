import {type Token} from '../../theme/tokens.ts';
import {cutLine, type Line, lineWidth, span, type Span} from '../line/line.ts';
import {textFieldSpans} from '../text-field/text-field-line.ts';
import {type Menu} from './menu.ts';

/** The field that narrows a menu. */
export const queryLine = (prompt: string, {query}: Menu, placeholder: string, width: number): Line => [
	span('text.accent', prompt, {bold: true}),
	' ',
	...textFieldSpans({field: query, width: Math.max(1, width - prompt.length - 1), isFocused: true, placeholder}),
];

/** One row of a menu; the current one is a bar over the whole width, in one colour pair. */
export function menuRow(line: Line, isCurrent: boolean, width: number): Line {
	if (!isCurrent) {
		return line;
	}

	const fitted = cutLine(line, width);
	const text = fitted.map(part => {
		const {token, text, bold}: Span = typeof part === 'string' ? span('text.default', part) : part;
		return span(kept.has(token) ? token : 'selection.text', text, {on: 'selection.background', ...(bold ? {bold} : {})});
	});
	return [...text, span('selection.text', ' '.repeat(Math.max(0, width - lineWidth(fitted))), {on: 'selection.background'})];
}

// Roles that keep their own colour under the bar because the colour says something.
const kept: ReadonlySet<Token> = new Set<Token>([
	'key',
	'text.accent',
	'health.pass',
	'health.warn',
	'health.fail',
	'text.faint',
	'text.muted',
]);

/** A text with the matched characters of a query picked out. */
export function matchedSpans(text: string, at: readonly number[], token: Token): readonly Span[] {
	if (at.length === 0) {
		return [span(token, text)];
	}

	const hits = new Set(at);
	const parts: Span[] = [];
	let run = '';
	let isHit = hits.has(0);
	for (let index = 0; index < text.length; index++) {
		if (hits.has(index) !== isHit) {
			parts.push(isHit ? span('text.accent', run, {bold: true}) : span(token, run));
			run = '';
			isHit = !isHit;
		}

		run += text[index]!;
	}

	return [...parts, isHit ? span('text.accent', run, {bold: true}) : span(token, run)].filter(({text}) => text !== '');
}
