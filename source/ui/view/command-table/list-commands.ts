import {type ViewContext, type ViewUpdate} from '../context.ts';
import {chooseRow, moveList, placeList} from '../lists/list.ts';
import {boundsOf} from '../lists/pane-lists.ts';
import {type ViewState} from '../state.ts';
import {only, type ViewCommands} from './view-command.ts';

type Move = (view: ViewState, height: number) => number;

const move =
	(by: Move) =>
	(view: ViewState, context: ViewContext): ViewUpdate => {
		const bounds = boundsOf(view.focus, view, context);
		const list = view.lists[view.focus];
		return withList(view, moveList(list, by(view, bounds.height), bounds));
	};

const place =
	(at: (length: number) => number) =>
	(view: ViewState, context: ViewContext): ViewUpdate => {
		const bounds = boundsOf(view.focus, view, context);
		return withList(view, placeList(view.lists[view.focus], at(bounds.length), bounds));
	};

/** Movement in the list of the focused pane. */
export const listCommands: ViewCommands = {
	'list.down': {run: move(() => 1)},
	'list.up': {run: move(() => -1)},
	'list.first': {run: place(() => 0)},
	'list.last': {run: place(length => length - 1)},
	'list.pageDown': {run: move((_, height) => height)},
	'list.pageUp': {run: move((_, height) => -height)},
	'list.halfDown': {run: move((_, height) => Math.ceil(height / 2))},
	'list.halfUp': {run: move((_, height) => -Math.ceil(height / 2))},
};

function withList(view: ViewState, moved: ViewState['lists'][ViewState['focus']]): ViewUpdate {
	const list = chooseRow(moved);
	if (list === view.lists[view.focus]) {
		return only(view);
	}

	return only({...view, lists: {...view.lists, [view.focus]: list}});
}
