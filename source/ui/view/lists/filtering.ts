import {type Failure} from '../../../core/failure/failure.ts';
import {parseFilter} from '../../../engine/query/filter.ts';
import {type InputEvent} from '../../../keymap/key-event.ts';
import {type TextField, updateTextField} from '../../components/text-field/text-field.ts';
import {chooseRow} from './list.ts';
import {type ViewState} from '../state.ts';

/** The filter as typed; the list keeps the last one that made sense. */
export function withFilter(view: ViewState, filter: string, cursor = filter.length): ViewState {
	const {filterError: _, filterCursor: __, ...known} = view;
	const rest = cursor === filter.length ? known : {...known, filterCursor: cursor};
	const parsed = parseFilter(filter);
	if (!parsed.ok) {
		return {...rest, filter, filterError: errorText(parsed.error)};
	}

	if (filter === view.activeFilter) {
		return {...rest, filter};
	}

	// Who narrows the list looks for something new; who clears it wants to see where the found thing stands.
	const resources = filter === '' ? chooseRow(view.lists.resources) : {cursor: 0, top: 0};
	return {...rest, filter, activeFilter: filter, lists: {...view.lists, resources}};
}

/** The filter as a field that is edited. */
export const filterField = ({filter, filterCursor = filter.length}: Pick<ViewState, 'filter' | 'filterCursor'>): TextField => ({
	value: filter,
	cursor: filterCursor,
});

/** Keys while the filter is typed; undefined for those that move in the list. */
export function updateFilter(view: ViewState, event: InputEvent): ViewState | undefined {
	const name = event.type === 'key' ? event.key.name : undefined;
	if (name === 'esc') {
		return {...withFilter(view, ''), isFiltering: false};
	}

	if (name === 'enter' || name === 'tab') {
		return {...withFilter(view, view.activeFilter), isFiltering: false};
	}

	if (name === 'backspace' && view.filter === '') {
		return {...view, isFiltering: false};
	}

	const field = updateTextField(filterField(view), event);
	if (field !== undefined) {
		return withFilter(view, field.value, field.cursor);
	}

	return name !== undefined && ['up', 'down', 'pageUp', 'pageDown'].includes(name) ? undefined : view;
}

// One line has room for one sentence: the likeliest one, which is what was meant.
const errorText = ({message, cause, fix}: Failure): string =>
	fix?.startsWith('did you mean') ? `${message.replace(/ is none of .*/, ':')} ${fix}` : [message, cause].filter(Boolean).join(' ');
