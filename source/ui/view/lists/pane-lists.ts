import {activityItems} from '../activity/activity-items.ts';
import {type ViewContext} from '../context.ts';
import {listHeightOf} from '../layout.ts';
import {followList, type ListBounds, placeList} from './list.ts';
import {sourceNotices} from './notices.ts';
import {type PaneId, type ViewState} from '../state.ts';

/** What the list of a pane holds and how many of its rows are seen. */
export function boundsOf(pane: PaneId, view: ViewState, context: ViewContext): ListBounds {
	const height = listHeightOf(view, pane);
	switch (pane) {
		case 'resources': {
			return {
				length: context.rows.length,
				height: Math.max(1, height - reservedLines(height, context)),
				keyAt: index => context.rows[index]?.ref,
			};
		}

		case 'plugins': {
			return {length: context.engine.plugins.length, height, keyAt: index => context.engine.plugins[index]?.id};
		}

		case 'activity': {
			const items = activityItems(context.engine, view.activityTab);
			return {length: items.length, height, keyAt: index => items[index]?.key};
		}

		case 'cost': {
			return {length: 0, height, keyAt: () => undefined};
		}
	}
}

/** Lines of the resources pane that are no rows: the holes, each group of them with a blank line above. */
export function reservedLines(height: number, {engine, staleGroups}: Pick<ViewContext, 'engine' | 'staleGroups'>): number {
	const notices = sourceNotices(engine).length;
	return Math.min(Math.floor(height / 2), staleGroups.length * 2 + (notices === 0 ? 0 : notices + 1));
}

/** After rows, plugins or events changed: every cursor follows what it was on, and marks of gone rows vanish. */
export function followLists(view: ViewState, context: ViewContext): ViewState {
	const plugins = followList(view.lists.plugins, boundsOf('plugins', view, context));
	const resources = followList(view.lists.resources, boundsOf('resources', view, context));
	const activity = followActivity(view, context);
	const isSame = plugins === view.lists.plugins && resources === view.lists.resources && activity === view.lists.activity;
	const marks = liveMarks(view, context);
	return isSame && marks === view.marks
		? view
		: {...view, marks, lists: isSame ? view.lists : {...view.lists, plugins, resources, activity}};
}

// The newest line stays in sight until somebody moves away from it.
function followActivity(view: ViewState, context: ViewContext) {
	const list = view.lists.activity;
	const bounds = boundsOf('activity', view, context);
	return list.cursor === 0 && list.top === 0 ? placeList(list, 0, bounds) : followList(list, bounds);
}

function liveMarks({marks}: ViewState, {engine}: ViewContext): ReadonlySet<string> {
	if (marks.size === 0) {
		return marks;
	}

	const live = new Set<string>();
	for (const source of engine.sources) {
		for (const {ref} of source.resources) {
			if (marks.has(ref)) {
				live.add(ref);
			}
		}
	}

	return live.size === marks.size ? marks : live;
}
