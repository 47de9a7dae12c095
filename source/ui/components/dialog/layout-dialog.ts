import {type Line, span} from '../line/line.ts';
import {type DialogView} from './dialog-view.ts';

const blank: Line = [];

/** The lines between the borders, at most `height`: air goes first, then the body scrolls around its anchor. */
export function layoutDialog({header = [], body, footer = [], anchor = 0}: DialogView, height: number): readonly Line[] {
	const roomy = join([header, body, footer]);
	if (roomy.length + 2 <= height) {
		return [blank, ...roomy, blank];
	}

	if (roomy.length <= height) {
		return roomy;
	}

	const tight = [...header, ...body, ...footer];
	if (tight.length <= height) {
		return tight;
	}

	// Blank lines of the body are air too, as long as the anchor is still the same line.
	const kept = body.map((line, index) => ({line, index})).filter(({line, index}) => line.length > 0 || index === anchor);
	const room = Math.max(1, height - header.length - footer.length);
	const at = Math.max(
		0,
		kept.findIndex(({index}) => index >= anchor),
	);
	const top = Math.min(Math.max(0, at - Math.floor(room / 2)), Math.max(0, kept.length - room));
	const shown = kept.slice(top, top + room).map(({line}) => line);
	return [...header, ...withMarks(shown, top > 0, top + room < kept.length), ...footer].slice(-height);
}

const join = (parts: readonly (readonly Line[])[]): readonly Line[] =>
	parts.filter(part => part.length > 0).flatMap((part, index) => (index === 0 ? part : [blank, ...part]));

// Says that lines are hidden above or below, without taking a row of its own.
function withMarks(lines: readonly Line[], above: boolean, below: boolean): readonly Line[] {
	return lines.map((line, index) => {
		if (index === 0 && above) {
			return [span('text.accent', '▴ '), ...line];
		}

		return index === lines.length - 1 && below ? [span('text.accent', '▾ '), ...line] : line;
	});
}
