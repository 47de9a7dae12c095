import {formatAge} from '../../../core/text/duration.ts';
import {type Failure} from '../../../core/failure/failure.ts';
import {type EngineState} from '../../../engine/state.ts';
import {type Line, span} from '../../components/line/line.ts';
import {scrollBy} from '../../components/scroll-text/scroll.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, screenScopes, type ScreenView} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {textWindow} from '../shared/text-window.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';

/** Everything that failed and is not mended: sources, plugins, operations, notices. */
export type ErrorsScreen = {readonly kind: 'errors'; readonly top: number};

type Problem = {readonly subject: string; readonly at?: number; readonly failure: Failure};

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
		note: [span(count === 0 ? 'health.pass' : 'health.fail', count === 0 ? 'none' : String(count), {bold: true})],
		...textWindow(lines, state.top, height),
	};
}

function errorLines(engine: EngineState, now: number, width: number): readonly Line[] {
	const problems = problemsOf(engine);
	if (problems.length === 0) {
		return [[], [span('health.pass', '● '), 'Nothing failed.', span('text.muted', ' Every source answers and no task needs you.')]];
	}

	return problems.flatMap(({subject, at, failure}, index): Line[] => [
		...(index === 0 ? [] : [[]]),
		[
			span('health.fail', '✖ '),
			span('text.strong', subject, {bold: true}),
			span('text.faint', `  ${failure.code}`),
			span('text.muted', at === undefined ? '' : `  ${formatAge(now - at)}`),
		],
		...failureLines(failure, width - 2).map((line): Line => ['  ', ...line]),
	]);
}

function problemsOf({notices, plugins, sources, operations}: EngineState): readonly Problem[] {
	return [
		...notices.map((failure): Problem => ({subject: 'cws', failure})),
		...plugins.flatMap(({id, error, health}): Problem[] =>
			error === undefined
				? health.status === 'fail'
					? [{subject: `plugin ${id}`, at: health.observedAt, failure: healthFailure(health)}]
					: []
				: [{subject: `plugin ${id}`, failure: error}],
		),
		...sources.flatMap(({key, phase, seenAt, error}): Problem[] =>
			phase === 'failed' && error !== undefined ? [{subject: key, at: seenAt, failure: error}] : [],
		),
		...operations.flatMap(({action, name, state, endedAt, error}): Problem[] =>
			(state === 'failed' || state === 'diverged') && error !== undefined
				? [{subject: `${action} ${name}`, at: endedAt, failure: error}]
				: [],
		),
	];
}

const healthFailure = ({output, fix, needsLogin}: EngineState['plugins'][number]['health']): Failure => ({
	code: needsLogin ? 'CWS_NEEDS_LOGIN' : 'CWS_PROVIDER_UNAVAILABLE',
	message: output ?? 'The health check failed.',
	...(fix === undefined ? {} : {fix}),
});
