import {type Failure} from '../../../core/failure/failure.ts';
import {type Outcome} from '../../../core/failure/outcome.ts';
import {type PaneView} from '../../../core/pane-view.ts';
import {type ResourceRef} from '../../../core/reference.ts';
import {isSameJson} from '../../../core/schema/same-json.ts';
import {type ViewContext, type ViewUpdate} from '../context.ts';
import {type Effect} from '../effect.ts';
import {layoutOf} from '../layout.ts';
import {type ViewState} from '../state.ts';
import {shownCards} from './cards.ts';
import {findPane, panesAt, type PluginPane, pluginPanes} from './plugin-panes.ts';

/** What is known of one pane of a plugin. */
export type PaneReading = {
	/** The last good answer. */
	readonly view?: PaneView;
	/** Why the last answer is none. */
	readonly error?: Failure;
	readonly isReading: boolean;
	/** Epoch milliseconds of the last answer; absent makes it due at once. */
	readonly readAt?: number | undefined;
	/** Of the worker that was asked. */
	readonly generation: number;
};

/** A pane that is seen now; a detail pane of a resource with that. */
type Seen = {readonly pane: PluginPane; readonly ref?: ResourceRef | undefined};

const tag = 'pane:';
const usualMs = 5000;
// Who failed is not asked as often as who answers.
const failedMs = 15_000;

export const readingKey = (pane: string, ref?: ResourceRef): string => (ref === undefined ? pane : `${pane}@${ref}`);

/** Asks for every pane that is seen and due. The same update when there is none. */
export function readPanes(update: ViewUpdate, context: ViewContext): ViewUpdate {
	const {view} = update;
	if (pluginPanes(context.engine.plugins).length === 0) {
		return Object.keys(view.panes).length === 0 ? update : {...update, view: {...view, panes: {}}};
	}

	const due = seenPanes(view, context).filter(seen => untilDue(view, seen, context.engine.isPaused) <= 0);
	if (due.length === 0) {
		return update;
	}

	const panes = Object.fromEntries(
		due.map(({pane, ref}) => {
			const key = readingKey(pane.key, ref);
			return [key, {...view.panes[key], isReading: true, generation: pane.generation}] as const;
		}),
	);
	const effects = due.map(({pane: {key, plugin, id}, ref}): Effect => ({
		type: 'pane',
		request: {plugin, pane: id, ...(ref !== undefined && {ref})},
		reply: tag + readingKey(key, ref),
	}));
	return {view: {...view, panes: {...kept(view, context), ...panes}}, effects: [...update.effects, ...effects]};
}

/** What is known of a pane, or why its plugin cannot say. */
export function readingOf(view: ViewState, pane: PluginPane | undefined, ref?: ResourceRef): PaneReading | undefined {
	const reading = pane === undefined ? undefined : view.panes[readingKey(pane.key, ref)];
	return pane?.failure === undefined
		? reading
		: {isReading: false, readAt: view.now, generation: pane.generation, ...reading, error: pane.failure};
}

/** Takes in an answer; undefined when the reply is not one of a pane. */
export function receivePane(view: ViewState, reply: string, outcome: Outcome<unknown>): ViewState | undefined {
	if (!reply.startsWith(tag)) {
		return undefined;
	}

	const key = reply.slice(tag.length);
	const before = view.panes[key];
	if (before === undefined) {
		return view;
	}

	const {error: _, view: shown, ...rest} = before;
	const answer = outcome.ok ? (outcome.value as PaneView) : shown;
	const reading: PaneReading = {
		...rest,
		isReading: false,
		readAt: view.now,
		...(answer !== undefined && {view: shown !== undefined && isSameJson(shown, answer) ? shown : answer}),
		...(!outcome.ok && {error: outcome.error}),
	};
	return {...view, panes: {...view.panes, [key]: reading}};
}

/** Makes all of them due. */
export const refreshPanes = (panes: ViewState['panes']): ViewState['panes'] =>
	Object.fromEntries(Object.entries(panes).map(([key, reading]) => [key, {...reading, readAt: undefined}]));

/** Milliseconds until a pane that is seen is due; undefined when none will be by itself. */
export function nextPaneMs(view: ViewState, context: ViewContext): number | undefined {
	const waits = seenPanes(view, context)
		.map(seen => untilDue(view, seen, context.engine.isPaused))
		.filter(Number.isFinite);
	return waits.length === 0 ? undefined : Math.max(1, Math.min(...waits));
}

function untilDue(view: ViewState, {pane, ref}: Seen, isPaused: boolean): number {
	const reading = view.panes[readingKey(pane.key, ref)];
	if (reading?.isReading || pane.failure !== undefined) {
		return Number.POSITIVE_INFINITY;
	}

	if (reading?.readAt === undefined || reading.generation !== pane.generation) {
		return 0;
	}

	if (isPaused) {
		return Number.POSITIVE_INFINITY;
	}

	const every = pane.everySeconds === undefined ? usualMs : pane.everySeconds * 1000;
	return reading.readAt + (reading.error === undefined ? every : Math.max(every, failedMs)) - view.now;
}

function seenPanes(view: ViewState, {engine}: ViewContext): readonly Seen[] {
	if (pluginPanes(engine.plugins).length === 0 || layoutOf(view).mode === 'tooSmall') {
		return [];
	}

	const always = panesAt(engine.plugins, 'statusBar').map((pane): Seen => ({pane}));
	const screen = view.screens.at(-1);
	const own = (key: string | undefined, ref?: ResourceRef): readonly Seen[] => {
		const pane = key === undefined ? undefined : findPane(engine.plugins, key);
		return pane === undefined ? [] : [{pane, ref}];
	};

	switch (screen?.kind) {
		case undefined: {
			return [...always, ...shownCards(view, engine.plugins).map(({pane}): Seen => ({pane}))];
		}

		case 'view': {
			return [...always, ...own(screen.pane)];
		}

		case 'plugin': {
			return [...always, ...own(paneOfTab(screen.tab))];
		}

		case 'describe': {
			return [...always, ...own(paneOfTab(screen.tab), screen.resource.ref)];
		}

		default: {
			return always;
		}
	}
}

/** Tabs that are panes of plugins are called `pane:plugin/id`. */
export const paneOfTab = (tab: string): string | undefined => (tab.startsWith(tag) ? tab.slice(tag.length) : undefined);

export const tabOfPane = (key: string): `pane:${string}` => `${tag}${key}`;

// What was read beside a resource is forgotten when something else is read; that of plugins that are gone too.
function kept(view: ViewState, {engine}: ViewContext): ViewState['panes'] {
	return Object.fromEntries(Object.entries(view.panes).filter(([key]) => findPane(engine.plugins, key) !== undefined));
}
