import {type Clock} from '../../core/ports/clock.ts';
import {type Resource} from '../../core/resource.ts';
import {type Engine} from '../../engine/engine.ts';
import {everything, type Filter, parseFilter} from '../../engine/query/filter.ts';
import {createRowView} from '../../engine/query/row-view.ts';
import {listCommandItems} from './command-table/view-commands.ts';
import {type ViewContext} from './context.ts';
import {type Effect} from './effect.ts';
import {initialView} from './initial-view.ts';
import {type Message} from './message.ts';
import {isSameButPanes} from './plugin-panes/is-same-but-panes.ts';
import {isUnseen} from './time/is-unseen.ts';
import {type NextStep, nextStep, untilSeen} from './time/next-step.ts';
import {followLists} from './lists/pane-lists.ts';
import {type ViewState} from './state.ts';
import {updateView} from './update-view.ts';

/** What one frame is drawn from; the same object until something changed. */
export type ViewSnapshot = {readonly view: ViewState; readonly context: ViewContext};

export type ViewStore = {
	readonly getState: () => ViewState;
	readonly getRows: () => readonly Resource[];
	readonly getSnapshot: () => ViewSnapshot;
	/** Applies a message at once. Its effects go to `onEffects` and are returned too. */
	readonly dispatch: (message: Message) => readonly Effect[];
	/** Called once for all messages of one turn; not for what the panes do not show. */
	readonly subscribe: (listener: () => void) => () => void;
	/** When the next tick is due, and whether it turns the spinner. */
	readonly nextStep: () => NextStep;
	/** The themes there are changed: plugins bring some. */
	readonly setThemes: (themes: ViewContext['themes']) => void;
	/** Prepares the filter for its first key; call it when nothing else is to do, as long as it says true. */
	readonly warm: (count: number) => boolean;
	readonly close: () => void;
};

export type ViewStoreOptions = Pick<ViewContext, 'keymap' | 'settings' | 'validate' | 'themes'> & {
	readonly engine: Pick<Engine, 'getState' | 'subscribe'>;
	readonly initial: Partial<ViewState> & Pick<ViewState, 'size' | 'now'>;
	/** The time of a message. A quiet screen has not moved its own for a while, and a toast counts from when it came. */
	readonly clock: Pick<Clock, 'now'>;
	readonly onEffects?: (effects: readonly Effect[]) => void;
};

/** Joins engine state and view state to what is drawn. */
export function createViewStore({engine, initial, clock, onEffects, themes: firstThemes, ...fixed}: ViewStoreOptions): ViewStore {
	let themes = firstThemes;
	const rowView = createRowView();
	const listeners = new Set<() => void>();
	let filter: Filter = everything;
	let isNotifying = false;

	const contextOf = (view: ViewState, before?: ViewContext): ViewContext => {
		const state = engine.getState();
		if (view.activeFilter !== filter.text) {
			const parsed = parseFilter(view.activeFilter);
			filter = parsed.ok ? parsed.value : everything;
		}

		const listed = rowView.rows({sources: state.sources, filter, sort: view.sort, attentionOnly: view.attentionOnly, groupStale: true});
		if (
			before?.engine === state &&
			before.themes === themes &&
			before.rows === listed.rows &&
			before.total === listed.total &&
			before.staleGroups === listed.staleGroups
		) {
			return before;
		}

		const context: ViewContext = {...fixed, themes, engine: state, ...listed, commands: at => listCommandItems(at, context)};
		return context;
	};

	const start = initialView(initial);
	const firstContext = contextOf(start);
	let snapshot: ViewSnapshot = {view: followLists(start, firstContext), context: firstContext};
	let drawn = snapshot;

	const publish = (view: ViewState, context: ViewContext) => {
		if (view === snapshot.view && context === snapshot.context) {
			return;
		}

		const before = snapshot;
		snapshot = {view, context};
		if (!isSeenTheSame(before, snapshot)) {
			drawn = snapshot;
		}

		if (!isNotifying && !isQuiet(before, snapshot)) {
			isNotifying = true;
			queueMicrotask(() => {
				isNotifying = false;
				for (const listener of listeners) {
					listener();
				}
			});
		}
	};

	// Nobody is told of what nobody would see: a frame that changes nothing costs as much as any other.
	const isQuiet = (before: ViewSnapshot, after: ViewSnapshot): boolean =>
		before.view === after.view &&
		after.view.overlays.length + after.view.screens.length === 0 &&
		isUnseen(before.context.engine, after.context.engine, {shownAt: after.view.now, now: clock.now()});

	// Panes of plugins are read every few seconds and mostly say what they said. Listeners hear of it: the next reading is due.
	const isSeenTheSame = (before: ViewSnapshot, after: ViewSnapshot): boolean =>
		before.context === after.context &&
		isSameButPanes(before.view, after.view) &&
		before.view.now + untilSeen(before.view, before.context) > after.view.now;

	const dispatch = (message: Message): readonly Effect[] => {
		// The engine may have moved since the last message: an update must never see old rows beside new ones.
		const context = contextOf(snapshot.view, snapshot.context);
		const timed = message.type === 'engine' ? snapshot.view : atTime(snapshot.view, clock.now());
		const before = context === snapshot.context ? timed : followLists(timed, context);
		const {view, effects} = updateView(before, message, context);
		const nextContext = contextOf(view, context);
		publish(nextContext === context && view.lists === before.lists ? view : followLists(view, nextContext), nextContext);
		if (effects.length > 0) {
			onEffects?.(effects);
		}

		return effects;
	};

	const unsubscribe = engine.subscribe(() => {
		dispatch({type: 'engine'});
	});
	return {
		getState: () => snapshot.view,
		getRows: () => snapshot.context.rows,
		getSnapshot: () => drawn,
		dispatch,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		nextStep: () => nextStep(snapshot.view, snapshot.context),
		setThemes(next) {
			themes = next;
			dispatch({type: 'engine'});
		},
		warm: count => rowView.warm(count),
		close: unsubscribe,
	};
}

const atTime = (view: ViewState, now: number): ViewState => (now === view.now ? view : {...view, now});
