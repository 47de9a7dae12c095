import {padEnd, padStart, textWidth, truncate, truncateMiddle} from '../../../core/text/text.ts';
import {type Resource} from '../../../core/resource.ts';
import {paintLine, span, type Span} from '../../components/line/line.ts';
import {type Theme} from '../../theme/tokens.ts';
import {type ColumnId, type RowContext} from './columns.ts';
import {type FittedColumn} from './fit-columns.ts';
import {statusLook} from './status-look.ts';

export type RowLook = {
	readonly isSelected: boolean;
	/** The pane has the focus: its row is the bright one. */
	readonly isFocused: boolean;
	readonly isMarked: boolean;
	readonly isStale: boolean;
	/** Something is being done to it. */
	readonly isTurning: boolean;
	/** Seconds until a scheduled destroy really starts, and the key that takes it back. */
	readonly countdown?: {readonly seconds: number; readonly undoKey: string};
};

export type RowDrawing = RowContext & {
	readonly theme: Theme;
	readonly fitted: readonly FittedColumn[];
	/** Cells inside the border. */
	readonly width: number;
	readonly spinner: number;
};

type Drawn = {readonly theme: Theme; readonly fitted: readonly FittedColumn[]; readonly key: string; readonly text: string};

const drawn = new WeakMap<Resource, Drawn>();

/** One row as a painted string; made again only when something it shows has changed. */
export function drawRow(resource: Resource, look: RowLook, drawing: RowDrawing): string {
	const key = keyOf(resource, look, drawing);
	const before = drawn.get(resource);
	if (before !== undefined && before.key === key && before.theme === drawing.theme && before.fitted === drawing.fitted) {
		return before.text;
	}

	const text = paintRow(resource, look, drawing);
	drawn.set(resource, {theme: drawing.theme, fitted: drawing.fitted, key, text});
	return text;
}

function keyOf(resource: Resource, look: RowLook, drawing: RowDrawing): string {
	const {isSelected, isFocused, isMarked, isStale, countdown} = look;
	const age = drawing.fitted.find(({column}) => column.id === 'age')?.column.text(resource, drawing) ?? '';
	const spinner = look.isTurning ? drawing.spinner : 0;
	const flags = `${isSelected ? (isFocused ? 's' : 'c') : ''}${isMarked ? 'm' : ''}${isStale ? 'o' : ''}`;
	return `${flags}|${age}|${spinner}|${countdown?.seconds ?? ''}|${drawing.width}|${drawing.hoursPerMonth}`;
}

function paintRow(resource: Resource, look: RowLook, drawing: RowDrawing): string {
	const {theme, fitted, width} = drawing;
	const isBright = look.isSelected && look.isFocused;
	const spans: Span[] = [leadOf(look)];
	const countdown = look.countdown === undefined ? undefined : placeCountdown(look.countdown, fitted);
	for (const [index, {column, width: cells, gap}] of fitted.entries()) {
		if (countdown !== undefined && index > countdown.from && index < countdown.to) {
			continue;
		}

		spans.push(span('text.default', ' '.repeat(gap)));
		if (index === countdown?.from) {
			spans.push(...countdown.spans);
			continue;
		}

		if (column.id === 'status') {
			spans.push(...statusCell(resource, look, cells, drawing.spinner));
			continue;
		}

		const text = column.text(resource, drawing);
		const fittedText = column.cutsMiddle ? truncateMiddle(text, cells) : truncate(text, cells);
		const isName = column.id === 'name';
		const token = look.isStale ? 'text.faint' : isName && look.isSelected ? 'selection.text' : column.token(resource);
		spans.push(
			span(token, column.isRight ? padStart(fittedText, cells) : padEnd(fittedText, cells), isName && isBright ? {bold: true} : {}),
		);
	}

	return paintLine(theme, spans, width, isBright ? 'selection.background' : undefined);
}

// Marks stand at the edge, where they make one line down the list.
function leadOf({isMarked, isSelected, isFocused}: RowLook): Span {
	return isMarked ? span('mark', '▌') : span('text.accent', isSelected && !isFocused ? '›' : ' ');
}

function statusCell({status}: Resource, {isStale, isTurning}: RowLook, cells: number, spinner: number): readonly Span[] {
	const {glyph, token} = statusLook(status, isTurning ? spinner : undefined);
	const isChanging = token === 'status.changing' || token === 'status.failed' || token === 'status.hibernated';
	const wordToken = isChanging ? token : status === 'running' ? 'text.default' : 'text.muted';
	return [span(isStale ? 'text.faint' : token, `${glyph} `), span(isStale ? 'text.faint' : wordToken, padEnd(status, cells - 2))];
}

// The words need more room than the status has: they take the columns behind it, up to the money, and those before it, down to the provider.
function placeCountdown({seconds, undoKey}: {seconds: number; undoKey: string}, fitted: readonly FittedColumn[]) {
	const indexOf = (id: ColumnId, missing: number) => {
		const index = fitted.findIndex(({column}) => column.id === id);
		return index === -1 ? missing : index;
	};
	const status = indexOf('status', 0);
	const to = indexOf('hourly', fitted.length);
	const first = Math.max(indexOf('name', -1), indexOf('provider', -1)) + 1;
	const cellsFrom = (from: number) =>
		fitted.slice(from, to).reduce((sum, {width, gap}, index) => sum + width + (index === 0 ? 0 : gap), 0) - 2;
	const full = `destroying in ${seconds}s · ${undoKey} undo`;
	let from = status;
	while (cellsFrom(from) < textWidth(full) && from > first) {
		from--;
	}

	const cells = cellsFrom(from);
	const short = `${seconds}s · ${undoKey}`;
	const words = [full, `destroy in ${short} undo`, `${short} undo`].find(text => textWidth(text) <= cells) ?? short;
	return {from, to, spans: [span('health.warn', '◍ '), span('health.warn', padEnd(words, cells))]};
}
