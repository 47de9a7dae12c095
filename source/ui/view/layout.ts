import {type PaneId, paneIds, type ViewState} from './state.ts';

export type Rect = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/**
`tooSmall` below 40×12; `tabs` below 80 columns or 20 rows, one pane at a time; `panes` else.
A zoomed pane has the whole area to itself; the wide list has that of the panes at its side, while it has the focus.
*/
export type Layout = {
	readonly mode: 'tooSmall' | 'tabs' | 'panes';
	readonly panes: Readonly<Partial<Record<PaneId, Rect>>>;
	/** Where screens are drawn: everything between header and hint bar. */
	readonly body: Rect;
};

/** What of the view decides where things lie. */
export type LayoutInput = Pick<ViewState, 'size' | 'focus' | 'isZoomed' | 'isWide'>;

export const minimumSize = {columns: 40, rows: 12};

/** Where everything lies, from the size of the terminal alone and what is zoomed; the same for drawing and for paging. */
export function layoutOf({size: {columns, rows}, focus, isZoomed, isWide}: LayoutInput): Layout {
	const body: Rect = {x: 0, y: 1, width: columns, height: Math.max(0, rows - 2)};
	if (columns < minimumSize.columns || rows < minimumSize.rows) {
		return {mode: 'tooSmall', panes: {}, body};
	}

	if (columns < 80 || rows < 20) {
		return {mode: 'tabs', panes: {[focus]: {...body, y: 2, height: body.height - 1}}, body};
	}

	const panes = tiled(body);
	return {mode: 'panes', panes: isZoomed ? {[focus]: body} : isWide && focus === 'resources' ? widened(panes, body) : panes, body};
}

/** Rows a list pane has for its rows: without its border and, for the table, without its column heads. */
export function listHeightOf(view: LayoutInput, pane: PaneId): number {
	const rect = layoutOf(view).panes[pane];
	return Math.max(1, (rect?.height ?? 3) - (pane === 'resources' ? 3 : 2));
}

/** Panes in the order of Tab. */
export const nextPane = (focus: PaneId, by: 1 | -1): PaneId => paneIds[(paneIds.indexOf(focus) + by + paneIds.length) % paneIds.length]!;

function tiled(body: Rect): Record<PaneId, Rect> {
	const {width, height} = body;
	const side = width >= 180 ? 38 : width >= 120 ? 30 : width >= 100 ? 27 : 24;
	const activity = height >= 48 ? Math.floor(height / 4) : height >= 30 ? 9 : height >= 24 ? 7 : 6;
	const top = height - activity;
	const plugins = height >= 48 ? 12 : Math.min(9, Math.max(5, Math.floor(top * 0.38)));
	return {
		plugins: {x: 0, y: body.y, width: side, height: plugins},
		cost: {x: 0, y: body.y + plugins, width: side, height: top - plugins},
		resources: {x: side, y: body.y, width: width - side, height: top},
		activity: {x: 0, y: body.y + top, width, height: activity},
	};
}

const widened = ({resources, activity}: Record<PaneId, Rect>, {width}: Rect): Layout['panes'] => ({
	resources: {...resources, x: 0, width},
	activity,
});
