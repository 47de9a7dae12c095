import {textWidth} from '../../../core/text/text.ts';
import {type Token} from '../../theme/tokens.ts';
import {cutLine, lineWidth, span, type Span} from '../line/line.ts';
import {type TextField} from './text-field.ts';

type Options = {
	readonly field: TextField;
	/** Cells the field takes, the cursor's own included. */
	readonly width: number;
	readonly isFocused: boolean;
	/** Shown while the field is empty. */
	readonly placeholder?: string;
	/** What would follow the typed text, drawn faint behind the cursor. */
	readonly ghost?: string;
	readonly token?: Token;
};

const segmenter = new Intl.Segmenter();

/** The spans of a one-line field, exactly `width` cells; the text scrolls sideways so that the cursor stays in sight. */
export function textFieldSpans({field, width, isFocused, placeholder = '', ghost = '', token = 'field.text'}: Options): readonly Span[] {
	const on = 'field.background';
	const hint = field.value === '' ? placeholder : ghost;
	const cells = [...segmenter.segment(field.value)].map(({segment, index}) => ({segment, index, cells: textWidth(segment)}));
	let start = 0;
	if (isFocused) {
		const before = cells.filter(({index}) => index < field.cursor);
		let used = before.reduce((sum, cell) => sum + cell.cells, 0);
		while (used > width - 1 && start < before.length) {
			used -= before[start]!.cells;
			start++;
		}
	}

	const visible = cells.slice(start);
	const text = (from: number, to: number) =>
		visible
			.filter(({index}) => index >= from && index < to)
			.map(({segment}) => segment)
			.join('');
	const spans: Span[] = [];
	if (isFocused && field.isSelected) {
		spans.push(span('selection.text', field.value, {on: 'selection.background'}), cursorSpan(' '));
	} else if (isFocused) {
		const under = visible.find(({index}) => index >= field.cursor);
		spans.push(span(token, text(0, field.cursor), {on}));
		if (under === undefined) {
			const [first = ' '] = [...segmenter.segment(hint)].map(({segment}) => segment);
			spans.push(cursorSpan(first), span('field.placeholder', hint.slice(first.length), {on}));
		} else {
			spans.push(cursorSpan(under.segment), span(token, text(under.index + under.segment.length, Number.POSITIVE_INFINITY), {on}));
		}
	} else {
		spans.push(field.value === '' ? span('field.placeholder', hint, {on}) : span(token, field.value, {on}));
	}

	const fitted = cutLine(spans, width) as readonly Span[];
	return [...fitted, span(token, ' '.repeat(Math.max(0, width - lineWidth(fitted))), {on})];
}

const cursorSpan = (text: string): Span => span('field.cursor', text, {on: 'field.background', inverse: true});
