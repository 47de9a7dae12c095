import {truncate} from '../../../core/text/text.ts';
import {type Theme} from '../../theme/tokens.ts';
import {cutLine, joinPainted, type Line, lineWidth, paintLine, span} from '../line/line.ts';

export type Frame = {
	/** Key that focuses the pane, printed before the title. */
	readonly number?: number;
	readonly title: string;
	/** Right after the title: the filter, for example. */
	readonly subtitle?: Line;
	/** At the right of the border line. */
	readonly note?: Line;
	readonly width: number;
	readonly height: number;
	readonly isFocused: boolean;
};

/** Puts painted lines of `width - 2` cells into a border with the title inside its upper line; exactly `height` strings. */
export function drawFrame(theme: Theme, frame: Frame, lines: readonly string[]): readonly string[] {
	const {width, height, isFocused} = frame;
	const border = isFocused ? 'border.focus' : 'border.default';
	const side = theme.paint(border, '│');
	const blank = ' '.repeat(width - 2);
	return [
		drawTop(theme, frame),
		...Array.from({length: Math.max(0, height - 2)}, (_, index) => joinPainted(side, lines[index] ?? blank, side)),
		theme.paint(border, `╰${'─'.repeat(width - 2)}╯`),
	];
}

function drawTop(theme: Theme, {number, title, subtitle = [], note = [], width, isFocused}: Frame): string {
	const border = isFocused ? 'border.focus' : 'border.default';
	const inner = width - 6;
	const words: Line = [
		...(number === undefined ? [] : [span(isFocused ? 'text.accent' : 'text.muted', `${number} `)]),
		span(isFocused ? 'title.focus' : 'title.default', truncate(title, inner - 3)),
		...(subtitle.length === 0 ? [] : ['  ', ...subtitle]),
	];
	const left = cutLine(words, inner);
	const room = inner - lineWidth(left) - 4;
	// A note that does not fit is left away whole: half a count is worse than none.
	const right = lineWidth(note) > 0 && lineWidth(note) <= room ? note : [];
	const noteWidth = right.length === 0 ? 0 : lineWidth(right) + 2;
	const rule = width - 6 - lineWidth(left) - noteWidth;
	return paintLine(
		theme,
		[
			span(border, '╭─ '),
			...left,
			span(border, ` ${'─'.repeat(Math.max(0, rule))}`),
			...(right.length === 0 ? [] : [' ', ...right, ' ']),
			span(border, '─╮'),
		],
		width,
	);
}
