import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {type Line, span} from '../../components/line/line.ts';
import {fuzzyMatch} from '../../components/menu/fuzzy.ts';
import {clampTop} from '../../components/scroll-text/scroll.ts';
import {createMenu, type Menu, menuItem, updateMenu} from '../../components/menu/menu.ts';
import {matchedSpans, menuRow, queryLine} from '../../components/menu/menu-lines.ts';
import {type CommandItem} from '../../view/command-item.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {paletteWord} from '../palette/palette-word.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';

/** Every key with what it does, searchable; Enter runs it. */
export type HelpOverlay = {readonly kind: 'help'; readonly menu: Menu};

type HelpItem = {readonly command: CommandItem; readonly at: readonly number[]};

export const openHelp = (): Opened<HelpOverlay> => ({state: {kind: 'help', menu: createMenu()}, effects: []});

export function updateHelp(state: HelpOverlay, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<HelpOverlay> {
	if (event.type === 'engine' || event.type === 'reply') {
		return {state};
	}

	if (isKey(event, 'esc')) {
		return state.menu.query.value === '' ? {} : {state: {...state, menu: createMenu()}};
	}

	const items = helpItems(state.menu.query.value, context, view);
	if (isKey(event, 'enter')) {
		const command = menuItem(items, state.menu)?.command;
		return command === undefined || command.disabledReason !== undefined ? {state} : {command: {id: command.id}};
	}

	const menu = updateMenu(state.menu, event, {length: items.length, height: Math.max(1, view.size.rows - 10)});
	return {state: menu === undefined ? state : {...state, menu}};
}

export function viewHelp({menu}: HelpOverlay, context: ViewContext, view: ViewState): DialogView {
	const wanted = 74;
	const width = Math.min(wanted, view.size.columns - 4);
	const items = helpItems(menu.query.value, context, view);
	const lines: Line[] = [];
	let anchor = 0;
	for (const [index, item] of items.entries()) {
		const {place} = item.command;
		if (place !== items[index - 1]?.command.place) {
			lines.push(...(index === 0 ? [] : [[]]), [span('text.accent', place, {bold: true})]);
		}

		const isCurrent = index === Math.min(menu.cursor, items.length - 1);
		anchor = isCurrent ? lines.length : anchor;
		lines.push(menuRow(itemLine(item, width), isCurrent, width));
	}

	// Roomy where there is room: the list scrolls inside of a box that leaves some air.
	const height = Math.max(view.size.rows - 10, 6);
	const top = clampTop(anchor - Math.floor(height / 2), lines.length, height);
	return {
		title: 'Help',
		note: `${items.length} ${items.length === 1 ? 'command' : 'commands'}`,
		width: wanted,
		header: [queryLine('❯', menu, 'type to search keys and commands', width)],
		body: lines.length === 0 ? [[span('text.muted', `Nothing fits \`${menu.query.value}\`.`)]] : lines.slice(top, top + height),
		anchor: anchor - top,
		footer: [[span('text.muted', 'Enter runs it · Esc clears, then closes')]],
	};
}

// Groups keep the order of the table, so that help reads the same every time.
function helpItems(query: string, context: ViewContext, view: ViewState): readonly HelpItem[] {
	const found = context.commands(view).flatMap((command): HelpItem[] => {
		const match = fuzzyMatch(query, command.title);
		const isNamed = command.keys.includes(query.trim()) || command.id.toLowerCase().includes(query.trim().toLowerCase());
		return match === undefined && !isNamed ? [] : [{command, at: match?.at ?? []}];
	});
	const places = [...new Set(found.map(({command}) => command.place))];
	return places.flatMap(place => found.filter(({command}) => command.place === place));
}

function itemLine({command: {id, keys, title, disabledReason}, at}: HelpItem, width: number): Line {
	const isOff = disabledReason !== undefined;
	// What has no key has a word.
	const how = keys.length === 0 ? `:${paletteWord(id)}` : keys.join(' ');
	return [
		'  ',
		span(isOff ? 'text.faint' : 'key', `${how} `.padEnd(width < 56 ? 10 : 20), {bold: !isOff}),
		...matchedSpans(title, at, isOff ? 'text.faint' : 'text.default'),
		span('text.faint', isOff && width > 60 ? `  ${disabledReason}` : ''),
	];
}
