import {type PanePlacement} from '../../../core/manifest/contributions.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {type Line, span} from '../../components/line/line.ts';
import {createMenu, type Menu, menuItem, menuWindow, updateMenu} from '../../components/menu/menu.ts';
import {menuRow} from '../../components/menu/menu-lines.ts';
import {type ViewContext} from '../../view/context.ts';
import {pluginPanes, type PluginPane} from '../../view/plugin-panes/plugin-panes.ts';
import {type ViewState} from '../../view/state.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';

/** The views that plugins bring, to pick one. */
export type ViewsOverlay = {readonly kind: 'views'; readonly menu: Menu};

export const openViews = (): Opened<ViewsOverlay> => ({state: {kind: 'views', menu: createMenu()}, effects: []});

/** Those that make sense over a whole screen. */
export const openableViews = ({engine}: Pick<ViewContext, 'engine'>): readonly PluginPane[] =>
	pluginPanes(engine.plugins)
		.filter(({placement, resourceTypes}) => placement !== 'detail' || resourceTypes === undefined)
		.toSorted((a, b) => places.indexOf(a.placement) - places.indexOf(b.placement));

// What was made for a whole screen comes first.
const places: readonly PanePlacement[] = ['tab', 'dashboard', 'detail', 'statusBar'];

export function updateViews(state: ViewsOverlay, event: LayerEvent, context: ViewContext): LayerUpdate<ViewsOverlay> {
	if (event.type === 'engine' || event.type === 'reply') {
		return {state};
	}

	if (isKey(event, 'esc', 'q')) {
		return {};
	}

	const views = openableViews(context);
	if (isKey(event, 'enter')) {
		const chosen = menuItem(views, state.menu);
		return chosen === undefined ? {} : {command: {id: 'global.views', argument: chosen.key}};
	}

	const menu = updateMenu(state.menu, event, {length: views.length, height: views.length, isSearchable: false});
	return {state: menu === undefined ? state : {...state, menu}};
}

export function viewViews({menu}: ViewsOverlay, context: ViewContext, view: ViewState): DialogView {
	const wanted = 50;
	const width = Math.min(wanted, view.size.columns - 4);
	const views = openableViews(context);
	return {
		title: 'Views of plugins',
		width: wanted,
		body:
			views.length === 0
				? [[span('text.muted', 'No plugin that runs brings a view.')]]
				: menuWindow(views, menu, views.length).map(({item, isCurrent}) => {
						const line: Line = ['  ', span('text.default', item.title), span('text.muted', `  ${item.plugin}`)];
						return menuRow(line, isCurrent, width);
					}),
		anchor: menu.cursor,
		footer: [[span('text.muted', 'Enter opens it')]],
	};
}
