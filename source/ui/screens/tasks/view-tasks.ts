import {formatDuration, formatElapsed} from '../../../core/text/duration.ts';
import {isEnded, type Operation, type OperationState} from '../../../core/operation.ts';
import {progress} from '../../components/chart/bar.ts';
import {cell, type Line, numberCell, span} from '../../components/line/line.ts';
import {menuRow} from '../../components/menu/menu-lines.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {factLine} from '../../overlays/shared/facts.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {type Token} from '../../theme/tokens.ts';
import {clockTime} from '../../view/time/clock-time.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, type ScreenView} from '../screen.ts';
import {canRetry, detailRows, taskRows, type TasksScreen} from './tasks.ts';

export function viewTasks(state: TasksScreen, {engine, keymap}: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const {operations} = engine;
	const rows = taskRows(height);
	const selected = operations[state.cursor];
	const running = operations.filter(({state}) => !isEnded(state)).length;
	return {
		title: 'Tasks',
		note: [
			span(running > 0 ? 'status.changing' : 'text.muted', running > 0 ? `${running} running` : 'none running'),
			span('text.muted', ` · ${operations.length} in all`),
		],
		header: [
			[
				span(
					'text.muted',
					`TIME       ACTION      ${'NAME'.padEnd(nameWidth(width))} ${width < 96 ? '' : 'PROVIDER    '}${'TOOK'.padStart(8)}  STATE`,
				),
			],
		],
		body:
			operations.length === 0
				? [[span('text.muted', 'No task yet. What you deploy, stop or destroy is followed here.')]]
				: operations
						.slice(state.top, state.top + rows)
						.map((operation, index) => menuRow(taskLine(operation, view, width), state.top + index === state.cursor, width)),
		footer:
			selected === undefined
				? []
				: [[span('border.default', '─'.repeat(width))], ...detailLines(selected, keymap.keysOf, view.now, width)].slice(
						0,
						detailRows(height),
					),
	};
}

const nameWidth = (width: number): number => (width < 64 ? 12 : width < 96 ? 16 : 22);

function taskLine(operation: Operation, {now, spinner}: ViewState, width: number): Line {
	const {action, name, provider, requestedAt, endedAt, stage, progress: share, state, dueAt} = operation;
	const look = stateLook(state, spinner);
	return [
		span('text.faint', `${clockTime(requestedAt)}   `),
		cell('text.default', action, 11),
		' ',
		cell('text.strong', name, nameWidth(width)),
		' ',
		...(width < 96 ? [] : [cell('text.muted', provider, 11), ' ']),
		numberCell('text.muted', formatElapsed((endedAt ?? now) - requestedAt), 8),
		'  ',
		span(look.token, `${look.glyph} ${look.word}`),
		...(share !== undefined && !isEnded(state) ? ['  ', ...progress(share, 16), span('text.muted', ` ${Math.round(share * 100)} %`)] : []),
		span(
			'text.muted',
			state === 'scheduled' && dueAt !== undefined ? ` in ${formatDuration(dueAt - now)}` : stage === undefined ? '' : `  ${stage}`,
		),
	];
}

const looks: Readonly<Record<OperationState, {readonly glyph?: string; readonly word: string; readonly token: Token}>> = {
	scheduled: {word: 'waits', token: 'health.warn', glyph: '◔'},
	requested: {word: 'requested', token: 'status.changing'},
	accepted: {word: 'accepted', token: 'status.changing'},
	verified: {word: 'verified', token: 'health.pass', glyph: '●'},
	diverged: {word: 'did not converge', token: 'health.warn', glyph: '▲'},
	failed: {word: 'failed', token: 'health.fail', glyph: '✖'},
	cancelled: {word: 'cancelled', token: 'text.muted', glyph: '○'},
};

function stateLook(state: OperationState, spinner: number) {
	const {glyph = spinnerGlyph(spinner), word, token} = looks[state];
	return {glyph, word, token};
}

function detailLines(operation: Operation, keysOf: (command: string) => readonly string[], now: number, width: number): readonly Line[] {
	const {state, stage, error, cli, requestedAt, updatedAt, endedAt, result} = operation;
	const action = (command: string, word: string): Line => [
		span('key', keysOf(command)[0] ?? '', {bold: true}),
		span('text.muted', ` ${word}   `),
	];
	return [
		[
			...stageSpans(state),
			span(
				'text.muted',
				`   ${endedAt === undefined ? `last word ${formatElapsed(now - updatedAt)} ago` : `took ${formatElapsed(endedAt - requestedAt)}`}`,
			),
		],
		...(error === undefined
			? result?.message === undefined && stage === undefined
				? []
				: [factLine('said', result?.message ?? stage ?? '')]
			: failureLines(error, width)),
		factLine('same as', span('text.muted', cli)),
		[
			...(isEnded(state) ? [] : action('tasks.cancel', 'cancel')),
			...(canRetry(operation) ? action('tasks.retry', 'run again') : []),
			...action('tasks.copy', 'copy the command'),
			...(operation.ref === undefined ? [] : action('tasks.describe', 'describe')),
		],
	];
}

// Requested, accepted, verified: how far it came.
function stageSpans(state: OperationState): Line {
	const stages = ['requested', 'accepted', 'verified'] as const;
	const reached = state === 'diverged' ? 1 : stages.indexOf(state as 'requested');
	return stages.flatMap((stage, index): Line => [
		...(index === 0 ? [] : [span('text.faint', ' → ')]),
		span(index <= reached ? 'health.pass' : 'text.faint', stage, {bold: index === reached}),
	]);
}
