import {formatAge} from '../../../core/text/duration.ts';
import {type EngineState} from '../../../engine/state.ts';
import {type Line, span} from '../../components/line/line.ts';
import {scrollBy} from '../../components/scroll-text/scroll.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {factLines} from '../../overlays/shared/facts.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, screenScopes, type ScreenView} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {textWindow} from '../shared/text-window.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';
import {problemsOf, remarksOf} from './problems.ts';

/** Everything that failed and is not mended: sources, plugins, operations, notices; below it what else needs attention. */
export type ErrorsScreen = {readonly kind: 'errors'; readonly top: number};

export const openErrors = (): Opened<ErrorsScreen> => ({state: {kind: 'errors', top: 0}, effects: []});

export function updateErrors(state: ErrorsScreen, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<ErrorsScreen> {
	const command = screenCommand(event, screenScopes.errors, context);
	if (command === 'back') {
		return {};
	}

	const move = moveOf(command);
	if (move === undefined) {
		return {state, isIgnored: event.type === 'key'};
	}

	const {width, height} = screenArea(view);
	return {state: {...state, top: scrollBy(state.top, move, errorLines(context.engine, view.now, width).length, height)}};
}

export function viewErrors(state: ErrorsScreen, context: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const count = problemsOf(context.engine).length;
	const lines = errorLines(context.engine, view.now, width);
	return {
		title: 'Errors',
		note: noteOf(count, remarksOf(context.engine).length),
		...textWindow(lines, state.top, height),
	};
}

function errorLines(engine: EngineState, now: number, width: number): readonly Line[] {
	const problems = problemsOf(engine);
	const remarks = remarksOf(engine);
	if (problems.length + remarks.length === 0) {
		return [[], [span('health.pass', '● '), 'Nothing failed.', span('text.muted', ' Every source answers and no task needs you.')]];
	}

	return [
		...problems.flatMap(({subject, at, failure}): Line[] => [
			[
				span('health.fail', '✖ '),
				span('text.strong', subject, {bold: true}),
				span('text.faint', `  ${failure.code}`),
				span('text.muted', at === undefined ? '' : `  ${formatAge(now - at)}`),
			],
			...failureLines(failure, width - 2).map((line): Line => ['  ', ...line]),
			[],
		]),
		...remarks.flatMap(({title, reason, fix}): Line[] => [
			[span('health.warn', '▲ '), span('text.strong', title, {bold: true})],
			...factLines('what', reason, width - 2).map((line): Line => ['  ', ...line]),
			...(fix === undefined ? [] : factLines('try', fix, width - 2, 'text.accent').map((line): Line => ['  ', ...line])),
			[],
		]),
	];
}

function noteOf(errors: number, remarks: number): Line {
	const words = remarks === 0 ? '' : `${remarks} ${remarks === 1 ? 'warning' : 'warnings'}`;
	return errors === 0 && remarks === 0
		? [span('health.pass', 'none', {bold: true})]
		: [
				span(errors === 0 ? 'health.pass' : 'health.fail', errors === 0 ? 'no error' : errors === 1 ? '1 error' : `${errors} errors`, {
					bold: true,
				}),
				span('health.warn', words === '' ? '' : ` · ${words}`),
			];
}
