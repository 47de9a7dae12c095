import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {cell, type Line, span} from '../../components/line/line.ts';
import {createMenu, type Menu, menuItem, menuWindow, updateMenu} from '../../components/menu/menu.ts';
import {menuRow} from '../../components/menu/menu-lines.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Sort, type SortColumn} from '../../../engine/query/sort.ts';
import {type ViewState} from '../../view/state.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';

/** Which column the resources are sorted by; the current one again turns the direction. */
export type SortOverlay = {readonly kind: 'sort'; readonly sort: Sort; readonly menu: Menu};

const columns: readonly {
	readonly column: SortColumn;
	readonly title: string;
	readonly isDescending: boolean;
	readonly words: readonly [string, string];
}[] = [
	{column: 'name', title: 'Name', isDescending: false, words: ['a to z', 'z to a']},
	{column: 'provider', title: 'Provider', isDescending: false, words: ['a to z', 'z to a']},
	{column: 'where', title: 'Where', isDescending: false, words: ['a to z', 'z to a']},
	{column: 'type', title: 'Type', isDescending: false, words: ['a to z', 'z to a']},
	{column: 'status', title: 'Status', isDescending: false, words: ['needs you first', 'needs you last']},
	{column: 'size', title: 'Size', isDescending: true, words: ['small first', 'large first']},
	{column: 'age', title: 'Age', isDescending: false, words: ['new first', 'old first']},
	{column: 'hourly', title: '$/h', isDescending: true, words: ['cheap first', 'dear first']},
	{column: 'monthly', title: '$/mo', isDescending: true, words: ['cheap first', 'dear first']},
];

export const openSortPicker = (sort: Sort): Opened<SortOverlay> => ({
	state: {
		kind: 'sort',
		sort,
		menu: createMenu(
			'',
			columns.findIndex(({column}) => column === sort.column),
		),
	},
	effects: [],
});

export function updateSortPicker(state: SortOverlay, event: LayerEvent): LayerUpdate<SortOverlay> {
	if (event.type === 'engine' || event.type === 'reply') {
		return {state};
	}

	if (isKey(event, 'esc', 'q')) {
		return {};
	}

	if (isKey(event, 'enter', 'space')) {
		const {column, isDescending} = nextSort(menuItem(columns, state.menu)!, state.sort);
		return {command: {id: 'resources.sort', argument: isDescending ? `-${column}` : column}};
	}

	const menu = updateMenu(state.menu, event, {length: columns.length, height: columns.length, isSearchable: false});
	return {state: menu === undefined ? state : {...state, menu}};
}

export function viewSortPicker({sort, menu}: SortOverlay, _context: ViewContext, view: ViewState): DialogView {
	const wanted = 46;
	const width = Math.min(wanted, view.size.columns - 4);
	return {
		title: 'Sort by',
		width: wanted,
		body: menuWindow(columns, menu, columns.length).map(({item, isCurrent}) => {
			const isSorted = item.column === sort.column;
			const next = nextSort(item, sort);
			const line: Line = [
				span('text.accent', isSorted ? (sort.isDescending ? ' ↓ ' : ' ↑ ') : '   '),
				cell(isSorted ? 'text.strong' : 'text.default', item.title, 14, {bold: isSorted}),
				// How it is; under the cursor, what Enter makes of it.
				...(isSorted ? [span('text.muted', item.words[sort.isDescending ? 1 : 0])] : []),
				...(isCurrent ? [span('text.accent', `${isSorted ? ' → ' : ''}${item.words[next.isDescending ? 1 : 0]}`)] : []),
			];
			return menuRow(line, isCurrent, width);
		}),
		anchor: menu.cursor,
		footer: [[span('text.muted', 'Enter sorts, once more turns it round')]],
	};
}

const nextSort = ({column, isDescending}: (typeof columns)[number], sort: Sort): Sort => ({
	column,
	isDescending: column === sort.column ? !sort.isDescending : isDescending,
});
