import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {type Line, span, spreadLine} from '../../components/line/line.ts';
import {createMenu, type Menu, menuItem, menuWindow, updateMenu} from '../../components/menu/menu.ts';
import {matchedSpans, menuRow, queryLine} from '../../components/menu/menu-lines.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {openPlugin} from '../../screens/plugin/plugin.ts';
import {openDeploy} from '../deploy/open-deploy.ts';
import {openOutput} from '../output/output.ts';
import {type LayerEvent, type LayerUpdate, type Opened, type OverlayState} from '../overlay.ts';
import {findPaletteItems, type FoundItem, type PaletteItem, suggestItem} from './palette-items.ts';

/** Every command, resource type, plugin and theme by its words. */
export type PaletteOverlay = {readonly kind: 'palette'; readonly menu: Menu};

export const openPalette = (query = ''): Opened<PaletteOverlay> => ({state: {kind: 'palette', menu: createMenu(query)}, effects: []});

export function updatePalette(state: PaletteOverlay, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<OverlayState> {
	if (event.type === 'engine' || event.type === 'reply') {
		return {state};
	}

	if (isKey(event, 'esc')) {
		return {};
	}

	const query = state.menu.query.value;
	const items = findPaletteItems(query, context, view);
	const item = menuItem(items, state.menu)?.item;
	if (isKey(event, 'enter')) {
		return item === undefined || item.reason !== undefined ? {state} : run(item, context);
	}

	if (isKey(event, 'tab')) {
		const name = item?.name ?? suggestItem(query, context, view);
		return {state: name === undefined ? state : {...state, menu: createMenu(name === 'deploy' && query !== '' ? 'deploy ' : name)}};
	}

	// Backspace on an empty line leaves, as it does in an editor's command line.
	if (query === '' && isKey(event, 'backspace')) {
		return {};
	}

	const menu = updateMenu(state.menu, event, {length: items.length, height: paletteRows(view)});
	return {state: menu === undefined ? state : {...state, menu}};
}

const paletteRows = ({size}: ViewState): number => Math.max(3, Math.min(14, size.rows - 8));

function run({does}: PaletteItem, context: ViewContext): LayerUpdate<OverlayState> {
	switch (does.type) {
		case 'command': {
			return {command: {id: does.id, ...(does.argument === undefined ? {} : {argument: does.argument})}};
		}

		case 'effect': {
			return {effects: [does.effect]};
		}

		case 'plugin': {
			const {state: screen, effects} = openPlugin(does);
			return {screen, effects};
		}

		case 'pluginCommand': {
			return openOutput(does.line, does.input);
		}

		case 'complete': {
			return openPalette(does.text);
		}

		case 'deploy': {
			return openDeploy(context, does.preset);
		}
	}
}

export function viewPalette({menu}: PaletteOverlay, context: ViewContext, view: ViewState): DialogView {
	const wanted = 70;
	const width = Math.min(wanted, view.size.columns - 4);
	const items = findPaletteItems(menu.query.value, context, view);
	const height = paletteRows(view);
	const rows = menuWindow(items, menu, height).map(({item, isCurrent}) => menuRow(itemLine(item, width), isCurrent, width));
	return {
		title: 'Command',
		note: `${items.length}`,
		width: wanted,
		header: [queryLine(':', menu, 'a command, a type, a theme …', width)],
		// As tall whatever fits, so that the box does not jump while typing.
		body: [
			...(rows.length === 0 ? [unknownLine(menu.query.value, context, view)] : rows),
			...Array.from({length: height}, (): Line => [' ']),
		].slice(0, height),
		footer: [[span('text.muted', 'Enter runs it · Tab completes · Esc closes')]],
	};
}

function unknownLine(query: string, context: ViewContext, view: ViewState): Line {
	const suggestion = suggestItem(query, context, view);
	return [
		span('health.warn', `Nothing is called \`${query.trim()}\`.`),
		...(suggestion === undefined
			? []
			: ['  Did you mean ', span('text.accent', suggestion, {bold: true}), '?  ', span('key', 'Tab', {bold: true}), ' takes it']),
	];
}

function itemLine({item: {name, title, keys, reason}, at}: FoundItem, width: number): Line {
	const isOff = reason !== undefined;
	const left: Line = [
		' ',
		...matchedSpans(title, at, isOff ? 'text.faint' : 'text.default'),
		...(isOff ? [span('text.faint', `  ${reason}`)] : []),
	];
	const right: Line = [
		...(width < 56 ? [] : [span('text.muted', `${name}  `)]),
		span(isOff ? 'text.faint' : 'key', keys.slice(0, 2).join(' ').padStart(7), {bold: !isOff}),
		' ',
	];
	return spreadLine(left, right, width);
}
