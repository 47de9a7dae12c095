import {type Line} from '../line/line.ts';
import {type DialogView} from './dialog-view.ts';

const blank: Line = [];

/** A line between the borders; `mark` says in the border that more is hidden beyond it. */
export type DialogLine = {readonly line: Line; readonly mark?: '▴' | '▾'};

/** The lines between the borders, at most `height`: air goes first, then the body scrolls around its anchor. */
export function layoutDialog({header = [], body, footer = [], anchor = 0}: DialogView, height: number): readonly DialogLine[] {
	const roomy = join([header, body, footer]);
	if (roomy.length + 2 <= height) {
		return plain([blank, ...roomy, blank]);
	}

	if (roomy.length <= height) {
		return plain(roomy);
	}

	const tight = [...header, ...body, ...footer];
	if (tight.length <= height) {
		return plain(tight);
	}

	// Blank lines of the body are air too, as long as the anchor is still the same line.
	const kept = body.map((line, index) => ({line, index})).filter(({line, index}) => line.length > 0 || index === anchor);
	const foot = footer.filter(line => line.length > 0);
	const room = Math.max(1, height - header.length - foot.length);
	const found = kept.findIndex(({index}) => index >= anchor);
	const at = found === -1 ? kept.length - 1 : found;
	const top = Math.min(Math.max(0, at - Math.floor(room / 2)), Math.max(0, kept.length - room));
	const shown = kept.slice(top, top + room).map(({line}) => line);
	return [...plain(header), ...withMarks(shown, top > 0, top + room < kept.length), ...plain(foot)].slice(-height);
}

const join = (parts: readonly (readonly Line[])[]): readonly Line[] =>
	parts.filter(part => part.length > 0).flatMap((part, index) => (index === 0 ? part : [blank, ...part]));

const plain = (lines: readonly Line[]): readonly DialogLine[] => lines.map(line => ({line}));

// Says that lines are hidden above or below, without taking a row or moving a column.
function withMarks(lines: readonly Line[], above: boolean, below: boolean): readonly DialogLine[] {
	return lines.map((line, index) => {
		if (index === 0 && above) {
			return {line, mark: '▴'};
		}

		return index === lines.length - 1 && below ? {line, mark: '▾'} : {line};
	});
}
