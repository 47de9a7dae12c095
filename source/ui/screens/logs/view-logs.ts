import {type Line, span, spreadLine} from '../../components/line/line.ts';
import {highlight, searchLine} from '../../components/scroll-text/text-search.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, type ScreenView} from '../screen.ts';
import {type LogsScreen} from './logs-state.ts';
import {firstShown, logWindow} from './log-window.ts';

export function viewLogs(state: LogsScreen, _context: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const {search, error, lines} = state;
	const failure = error === undefined ? [] : failureLines(error, width);
	const rows = Math.max(1, height - 1 - failure.length);
	const body = logWindow(state, rows, width).map(line => highlight(line, search.field.value));
	return {
		title: `Logs ${state.title}`,
		note: [span('text.muted', `${lines.length.toLocaleString('en-US')} ${lines.length === 1 ? 'line' : 'lines'}`)],
		body: lines.length === 0 ? emptyLines(state, view) : body,
		footer: [...failure, search.isTyping ? searchLine(search, width) : stateLine(state, rows, width)],
	};
}

function emptyLines({phase, source}: LogsScreen, {spinner}: ViewState): readonly Line[] {
	switch (phase) {
		case 'waiting': {
			return [[span('status.changing', spinnerGlyph(spinner)), span('text.muted', ' waiting for the first line')]];
		}

		case 'failed': {
			return [];
		}

		default: {
			return [[span('text.muted', source.type === 'plugin' ? 'It has not logged anything.' : 'It has not written anything yet.')]];
		}
	}
}

function stateLine(state: LogsScreen, rows: number, width: number): Line {
	const {isFollowing, isWrapped, hasTimes, search, lines, phase, dropped} = state;
	const last = Math.min(lines.length, firstShown(state, rows, width) + rows);
	const left: Line = [
		phase === 'ended'
			? span('text.muted', '○ ended')
			: phase === 'failed'
				? span('health.fail', '✖ broken off')
				: isFollowing
					? span('health.pass', '● following')
					: span('health.warn', '◐ paused'),
		span(
			'text.muted',
			`${isWrapped ? ' · wrapped' : ''}${hasTimes ? ' · times' : ''}${dropped > 0 ? ` · ${dropped.toLocaleString('en-US')} older let go` : ''}`,
		),
		...(search.field.value === ''
			? []
			: [span('text.muted', ' · '), span('text.accent', `/${search.field.value}`), span('text.muted', ' n N')]),
	];
	return spreadLine(left, [span('text.muted', isFollowing ? 'end' : `${last} of ${lines.length}`)], width);
}
