import {type ViewContext, type ViewUpdate} from '../context.ts';
import {chooseRow, moveList, placeList} from '../lists/list.ts';
import {boundsOf} from '../lists/pane-lists.ts';
import {type ViewState} from '../state.ts';
import {selectedResource} from '../lists/targets.ts';
import {only, type ViewCommands} from './view-command.ts';

const needsRow = (view: ViewState, context: ViewContext): string | undefined =>
	selectedResource(view, context) === undefined ? 'no resource is selected' : undefined;

/** Marks follow identities: they stay on their resources whatever the order becomes. */
export const markCommands: ViewCommands = {
	'resources.mark': {run: (view, context) => markAndMove(view, context, 1, 'toggle'), disabledReason: needsRow},
	'resources.markDown': {run: (view, context) => markAndMove(view, context, 1, 'add'), disabledReason: needsRow},
	'resources.markUp': {run: (view, context) => markAndMove(view, context, -1, 'add'), disabledReason: needsRow},
	'resources.range': {run: range, disabledReason: needsRow},
};

function markAndMove(view: ViewState, context: ViewContext, by: 1 | -1, how: 'toggle' | 'add'): ViewUpdate {
	const ref = selectedResource(view, context)!.ref;
	const marks = new Set(view.marks);
	if (how === 'toggle' && marks.has(ref)) {
		marks.delete(ref);
	} else {
		marks.add(ref);
	}

	const list = chooseRow(moveList(view.lists.resources, by, boundsOf('resources', view, context)));
	const next = context.rows[list.cursor];
	if (how === 'add' && next !== undefined) {
		marks.add(next.ref);
	}

	return only({...view, marks, lists: {...view.lists, resources: list}});
}

// The first press remembers a row, the second marks everything between it and the cursor.
function range(view: ViewState, context: ViewContext): ViewUpdate {
	const {rangeAnchor, ...rest} = view;
	const {cursor} = view.lists.resources;
	if (rangeAnchor === undefined) {
		const lists = {...view.lists, resources: chooseRow(view.lists.resources)};
		return only({...view, lists, rangeAnchor: context.rows[cursor]!.ref});
	}

	const anchor = context.rows.findIndex(({ref}) => ref === rangeAnchor);
	if (anchor === -1) {
		return only(rest);
	}

	const between = context.rows.slice(Math.min(anchor, cursor), Math.max(anchor, cursor) + 1);
	const bounds = boundsOf('resources', view, context);
	const resources = chooseRow(placeList(view.lists.resources, cursor, bounds));
	return only({...rest, marks: new Set([...view.marks, ...between.map(({ref}) => ref)]), lists: {...view.lists, resources}});
}
