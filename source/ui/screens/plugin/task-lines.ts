import {type PluginRecord} from '../../../core/plugin.ts';
import {type TaskRecord} from '../../../core/plugin-parts.ts';
import {formatAge, formatElapsed} from '../../../core/text/duration.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {cell, type Line, numberCell, span} from '../../components/line/line.ts';
import {menuRow} from '../../components/menu/menu-lines.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {type Token} from '../../theme/tokens.ts';

type Options = {readonly cursor: number; readonly now: number; readonly width: number; readonly spinner: number};

/** What it does by itself: its tasks with their next run, its event handlers with what became of the events. */
export function taskLines({tasks, hooks}: PluginRecord, {cursor, now, width, spinner}: Options): readonly Line[] {
	const name = Math.max(6, ...tasks.map(task => task.name.length), ...hooks.map(({on}) => on.length)) + 2;
	const taskPart: readonly Line[] =
		tasks.length === 0
			? []
			: [
					[
						cell('text.muted', 'TASK', name),
						cell('text.muted', 'STATE', 12),
						cell('text.muted', 'NEXT', 10),
						cell('text.muted', 'EVERY', 10),
						cell('text.muted', 'LAST', 16),
						numberCell('text.muted', 'RUNS', 6),
					],
					...tasks.flatMap((task, index) => {
						const row = menuRow(taskRow(task, name, now, spinner), index === Math.min(cursor, tasks.length - 1), width);
						return task.lastError === undefined ? [row] : [row, ['  ', span('health.fail', `✖ ${safeText(task.lastError)}`)] as Line];
					}),
					[],
					[
						span('key', 'enter'),
						span('text.muted', ' runs it now  '),
						span('key', 'space'),
						span('text.muted', ' pauses and resumes it  '),
						span('key', 'ctrl+x'),
						span('text.muted', ' cancels its run'),
					],
					[],
				];
	const hookPart: readonly Line[] =
		hooks.length === 0
			? []
			: [
					[
						cell('text.muted', 'EVENT', name),
						cell('text.muted', 'HANDLER', 18),
						numberCell('text.muted', 'PRIORITY', 9),
						numberCell('text.muted', 'HANDLED', 9),
						numberCell('text.muted', 'FAILED', 8),
						numberCell('text.muted', 'DROPPED', 9),
					],
					...hooks.map(({on, handler, priority, handled, failed, dropped}): Line => [
						cell('text.default', on, name),
						cell('text.muted', handler, 18),
						numberCell('text.muted', String(priority), 9),
						numberCell('text.default', String(handled), 9),
						numberCell(failed > 0 ? 'health.fail' : 'text.muted', String(failed), 8),
						numberCell(dropped > 0 ? 'health.warn' : 'text.muted', String(dropped), 9),
					]),
				];
	return [...taskPart, ...hookPart];
}

const looks: Readonly<Record<TaskRecord['state'], readonly [glyph: string, token: Token]>> = {
	off: ['○', 'text.faint'],
	waiting: ['●', 'health.pass'],
	running: ['', 'status.changing'],
	backoff: ['◐', 'health.warn'],
	paused: ['○', 'text.muted'],
};

function taskRow({name, state, nextAt, lastAt, lastMs, everySeconds, runs}: TaskRecord, width: number, now: number, spinner: number): Line {
	const [glyph, token] = looks[state];
	const last = lastAt === undefined ? 'never' : `${formatAge(now - lastAt)}${lastMs === undefined ? '' : `, ${formatElapsed(lastMs)}`}`;
	return [
		cell('text.strong', name, width),
		cell(token, `${state === 'running' ? spinnerGlyph(spinner) : glyph} ${state}`, 12),
		cell('text.default', nextAt === undefined ? '—' : `in ${formatElapsed(Math.max(0, nextAt - now))}`, 10),
		cell('text.muted', formatElapsed(everySeconds * 1000), 10),
		cell('text.muted', last, 16),
		numberCell('text.muted', String(runs), 6),
	];
}
