import {parseFilter} from '../../engine/query/filter.ts';
import {type InputEvent} from '../../keymap/key-event.ts';
import {type ViewState} from './state.ts';

/** The filter as typed; the list keeps the last one that made sense. */
export function withFilter(view: ViewState, filter: string): ViewState {
	const {filterError: _, ...rest} = view;
	const parsed = parseFilter(filter);
	if (!parsed.ok) {
		const {message, cause} = parsed.error;
		return {...rest, filter, filterError: cause === undefined ? message : `${message} ${cause}`};
	}

	if (filter === view.activeFilter) {
		return {...rest, filter};
	}

	// Who narrows the list looks for something new; who clears it wants to see where the found thing stands.
	const lists = filter === '' ? view.lists : {...view.lists, resources: {cursor: 0, top: 0}};
	return {...rest, filter, activeFilter: filter, lists};
}

/** Keys while the filter is typed; undefined for those that move in the list. */
export function updateFilter(view: ViewState, event: InputEvent): ViewState | undefined {
	if (event.type !== 'key') {
		return withFilter(view, view.filter + event.text);
	}

	const {name, ctrl, alt, text} = event.key;
	if (name === 'esc') {
		return {...withFilter(view, ''), isFiltering: false};
	}

	if (name === 'enter' || name === 'tab') {
		const {filterError: _, ...rest} = view;
		return {...rest, filter: view.activeFilter, isFiltering: false};
	}

	if (name === 'backspace') {
		return view.filter === '' ? {...view, isFiltering: false} : withFilter(view, view.filter.replace(/.$/u, ''));
	}

	if (ctrl && (name === 'w' || name === 'u')) {
		return withFilter(view, name === 'u' ? '' : view.filter.replace(/\S*\s*$/, ''));
	}

	if (text !== undefined && !ctrl && !alt) {
		return withFilter(view, view.filter + text);
	}

	return ['up', 'down', 'pageUp', 'pageDown'].includes(name) ? undefined : view;
}
