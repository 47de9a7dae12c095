import {formatKey, type InputEvent} from '../../../keymap/key-event.ts';
import {createTextField, type TextField, updateTextField} from '../text-field/text-field.ts';
import {moveCursor, type ScrollMove} from '../scroll-text/scroll.ts';

/** A list to pick from; what is typed narrows it. */
export type Menu = {readonly query: TextField; readonly cursor: number; readonly top: number};

const moves: Readonly<Record<string, ScrollMove>> = {
	up: 'up',
	down: 'down',
	'ctrl+p': 'up',
	'ctrl+n': 'down',
	pageUp: 'pageUp',
	pageDown: 'pageDown',
};

// Without a query field the letters are free for movement.
const letterMoves: Readonly<Record<string, ScrollMove>> = {...moves, k: 'up', j: 'down', g: 'top', G: 'bottom', home: 'top', end: 'bottom'};

export const createMenu = (query = '', cursor = 0): Menu => ({query: createTextField(query), cursor, top: 0});

/** The menu after the event; undefined when the event is not for a menu. `length` is the count of the items shown now. */
export function updateMenu(
	menu: Menu,
	event: InputEvent,
	{length, height, isSearchable = true}: {readonly length: number; readonly height: number; readonly isSearchable?: boolean},
): Menu | undefined {
	const move = event.type === 'key' ? (isSearchable ? moves : letterMoves)[formatKey(event.key)] : undefined;
	if (move !== undefined) {
		return {...menu, ...moveCursor(menu, move, length, height)};
	}

	const query = isSearchable ? updateTextField(menu.query, event) : undefined;
	if (query === undefined) {
		return undefined;
	}

	return query.value === menu.query.value ? {...menu, query} : {query, cursor: 0, top: 0};
}

/** The visible part: the window follows the cursor also when the list or the terminal became smaller. */
export function menuWindow<Item>(
	items: readonly Item[],
	menu: Menu,
	height: number,
): readonly {readonly item: Item; readonly isCurrent: boolean}[] {
	const {cursor, top} = moveCursor(menu, undefined, items.length, height);
	return items.slice(top, top + height).map((item, index) => ({item, isCurrent: top + index === cursor}));
}

/** The item under the cursor. */
export const menuItem = <Item>(items: readonly Item[], {cursor}: Menu): Item | undefined =>
	items[Math.min(cursor, Math.max(0, items.length - 1))];
