import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {type Line, span} from '../../components/line/line.ts';
import {createMenu, type Menu, menuItem, menuWindow, updateMenu} from '../../components/menu/menu.ts';
import {menuRow} from '../../components/menu/menu-lines.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';

/** Themes are tried while moving; Enter keeps one, Esc goes back to the one from before. */
export type ThemeOverlay = {readonly kind: 'theme'; readonly menu: Menu; readonly before: string};

export const openThemePicker = ({themes}: ViewContext, current: string): Opened<ThemeOverlay> => ({
	state: {
		kind: 'theme',
		before: current,
		menu: createMenu(
			'',
			Math.max(
				0,
				themes.findIndex(({name}) => name === current),
			),
		),
	},
	effects: [],
});

export function updateThemePicker(
	state: ThemeOverlay,
	event: LayerEvent,
	{themes}: ViewContext,
	view: ViewState,
): LayerUpdate<ThemeOverlay> {
	if (event.type === 'engine' || event.type === 'reply') {
		return {state};
	}

	if (isKey(event, 'esc', 'q')) {
		return view.theme === state.before ? {} : {effects: [{type: 'setTheme', name: state.before, persist: false}]};
	}

	const chosen = menuItem(themes, state.menu);
	if (isKey(event, 'enter')) {
		return chosen === undefined ? {} : {effects: [{type: 'setTheme', name: chosen.name, persist: true}]};
	}

	const menu = updateMenu(state.menu, event, {length: themes.length, height: themes.length, isSearchable: false});
	if (menu === undefined) {
		return {state};
	}

	const next = menuItem(themes, menu);
	return {
		state: {...state, menu},
		...(next === undefined || next === chosen ? {} : {effects: [{type: 'setTheme', name: next.name, persist: false}]}),
	};
}

export function viewThemePicker({menu, before}: ThemeOverlay, {themes}: ViewContext, view: ViewState): DialogView {
	const wanted = 44;
	const width = Math.min(wanted, view.size.columns - 4);
	return {
		title: 'Theme',
		width: wanted,
		body: menuWindow(themes, menu, themes.length).map(({item: {name, title}, isCurrent}) => {
			const note = name === before ? 'in use' : '';
			const line: Line = [' ', span('text.default', (title || name).padEnd(24)), span('text.muted', note)];
			return menuRow(line, isCurrent, width);
		}),
		anchor: menu.cursor,
		footer: [
			[
				span('health.pass', '● '),
				span('health.warn', '◐ '),
				span('health.fail', '✖ '),
				span('status.changing', '◌ '),
				span('status.hibernated', '◑ '),
				span('cost.high', '$4.21 '),
				span('chart.bar', '███'),
				span('chart.track', '░░░'),
			],
			[span('text.muted', 'Enter keeps it · Esc goes back')],
		],
	};
}
