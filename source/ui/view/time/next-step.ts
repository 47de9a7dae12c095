import {untilNextAge} from './ages.ts';
import {untilNextSourceAge} from './source-age.ts';
import {runningOperations} from '../activity/activity-items.ts';
import {type ViewContext} from '../context.ts';
import {nextPaneMs} from '../plugin-panes/pane-reading.ts';
import {boundsOf} from '../lists/pane-lists.ts';
import {isTurning} from '../lists/turning.ts';
import {type ViewState} from '../state.ts';

export type NextStep = {
	/** Milliseconds after `view.now` until something on the screen says something else. */
	readonly ms: number;
	/** Something is in transition: the spinner turns meanwhile. */
	readonly isSpinning: boolean;
};

const minute = 60_000;

/** When something is due although nothing happened; an idle screen is left alone until then. */
export const nextStep = (view: ViewState, context: ViewContext): NextStep => ({
	ms: Math.min(untilSeen(view, context), nextPaneMs(view, context) ?? minute),
	isSpinning: isSpinning(view, context),
});

/** Milliseconds after `view.now` until the screen has to be drawn again; to read a pane of a plugin is nothing to see. */
export function untilSeen(view: ViewState, context: ViewContext): number {
	const {now} = view;
	const {engine} = context;
	const running = runningOperations(engine);
	const ages = [
		...engine.sources.map(source => {
			const {seenAt, isStale, phase} = source;
			return seenAt === undefined
				? minute
				: isStale || phase === 'failed'
					? untilNextAge(now - seenAt)
					: untilNextSourceAge(source, engine, now);
		}),
		...visibleRows(view, context).map(({createdAt}) => (createdAt === undefined ? minute : untilNextAge(now - createdAt))),
	];
	const dues = [
		minute - (now % minute),
		// Ages of one second step together: a frame costs the same for one as for all.
		Math.ceil((now + Math.min(minute, ...ages)) / 1000) * 1000 - now,
		...view.toasts.map(({until}) => until - now),
		// Whole seconds are counted from where each began, so that no second is shown twice as long as another.
		...running.map(({dueAt, requestedAt}) => (dueAt === undefined ? 1000 - ((now - requestedAt) % 1000) : secondsLeft(dueAt - now))),
		...engine.plugins.flatMap(({state, retryAt}) => (state === 'backoff' && retryAt !== undefined ? [secondsLeft(retryAt - now)] : [])),
		...(view.screens.length > 0 || view.overlays.length > 0 ? [10_000 - (now % 10_000)] : []),
		...(view.interruptAt === undefined ? [] : [view.interruptAt + 2001 - now]),
	];
	return Math.max(1, Math.min(...dues));
}

const secondsLeft = (ms: number): number => (ms <= 0 ? 1000 : ms % 1000 || 1000);

function visibleRows(view: ViewState, context: ViewContext) {
	const {top} = view.lists.resources;
	return context.rows.slice(top, top + boundsOf('resources', view, context).height + 4);
}

const isSpinning = (view: ViewState, context: ViewContext): boolean =>
	runningOperations(context.engine).some(({state}) => state !== 'scheduled') ||
	[...view.screens, ...view.overlays].some(layer => isLoading(layer)) ||
	context.engine.plugins.some(({state}) => state === 'starting' || state === 'stopping') ||
	visibleRows(view, context).some(resource => isTurning(resource, context.engine));

// What a layer asked for and has not got yet, in any of its fields.
const isLoading = (layer: object): boolean =>
	Object.values(layer).some(
		(value: unknown) => typeof value === 'object' && value !== null && 'status' in value && value.status === 'loading',
	);
