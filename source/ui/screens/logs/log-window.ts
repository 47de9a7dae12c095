import {wrapText} from '../../../core/text/text.ts';
import {type Line, lineWidth, span} from '../../components/line/line.ts';
import {type LogLine} from '../../../core/plugin.ts';
import {type LogsScreen} from './logs-state.ts';
import {logTime, logToken} from './log-line.ts';

type Shape = Pick<LogsScreen, 'lines' | 'isFollowing' | 'top' | 'isWrapped' | 'hasTimes'>;

/** Index of the first line in sight. Only lines near the window are measured, however long the log is. */
export function firstShown({lines, isFollowing, top, isWrapped, hasTimes}: Shape, height: number, width: number): number {
	if (!isFollowing) {
		return Math.min(Math.max(0, top), Math.max(0, lines.length - 1));
	}

	let rows = 0;
	let index = lines.length;
	while (index > 0 && rows < height) {
		rows += isWrapped ? rowsOf(lines[index - 1]!, hasTimes, width).length : 1;
		if (rows > height && index < lines.length) {
			break;
		}

		index--;
	}

	return index;
}

/** The rows in sight, at most `height`. */
export function logWindow(state: Shape, height: number, width: number): readonly Line[] {
	const {lines, isWrapped, hasTimes} = state;
	const rows: Line[] = [];
	for (let index = firstShown(state, height, width); index < lines.length && rows.length < height; index++) {
		const line = lines[index]!;
		rows.push(...(isWrapped ? rowsOf(line, hasTimes, width) : [[...logTime(line, hasTimes), span(logToken(line), line.text)]]));
	}

	return state.isFollowing ? rows.slice(-height) : rows.slice(0, height);
}

function rowsOf(line: LogLine, hasTimes: boolean, width: number): readonly Line[] {
	const time = logTime(line, hasTimes);
	const indent = lineWidth(time);
	return wrapText(line.text, Math.max(8, width - indent)).map((text, row) => [
		...(row === 0 ? time : [' '.repeat(indent)]),
		span(logToken(line), text),
	]);
}
