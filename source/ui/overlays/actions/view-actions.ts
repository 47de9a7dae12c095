import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {cell, type Line, span} from '../../components/line/line.ts';
import {menuWindow} from '../../components/menu/menu.ts';
import {menuRow} from '../../components/menu/menu-lines.ts';
import {statusLook} from '../../panes/resources/status-look.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type ActionItem, actionItems, targetsOf} from './action-items.ts';
import {type ActionsOverlay} from './actions.ts';

const wanted = 62;

export function viewActions(state: ActionsOverlay, context: ViewContext, view: ViewState): DialogView {
	const width = Math.min(wanted, view.size.columns - 4);
	const items = actionItems(state.refs, context);
	const rows = menuWindow(items, state.menu, items.length);
	const current = rows.findIndex(({isCurrent}) => isCurrent);
	return {
		title: 'Actions',
		width: wanted,
		header: [headLine(state, context, view)],
		body: rows.map(({item, isCurrent}) => menuRow(itemLine(item, state.refs.length, context), isCurrent, width)),
		anchor: Math.max(0, current),
		footer: [[span('text.muted', width < 50 ? 'Enter runs · Esc closes' : 'Enter or the key runs it · Esc closes')]],
	};
}

function headLine({refs}: ActionsOverlay, context: ViewContext, view: ViewState): Line {
	const [first, ...others] = targetsOf(refs, context);
	if (first === undefined || others.length > 0 || refs.length > 1) {
		return [
			span('mark', '▌'),
			span('text.strong', `${refs.length} marked resources`, {bold: true}),
			span('text.muted', `  ${[first, ...others].flatMap(target => target?.name ?? []).join(', ')}`),
		];
	}

	const look = statusLook(first.status, view.spinner);
	return [
		span('text.strong', first.name, {bold: true}),
		span('text.muted', `  ${first.type} on ${first.provider}  `),
		span(look.token, `${look.glyph} ${first.status}`),
	];
}

function itemLine({command, title, able, skipped, reason, note, operation}: ActionItem, count: number, {keymap}: ViewContext): Line {
	const isOff = reason !== undefined;
	const [key = ''] = keymap.keysOf(command);
	const share = count > 1 && !isOff ? (skipped === 0 ? `all ${able.length}` : `${able.length} of ${count}`) : '';
	return [
		' ',
		cell(isOff ? 'text.faint' : 'key', key, 4, {bold: !isOff}),
		cell(isOff ? 'text.faint' : operation === 'destroy' ? 'health.fail' : 'text.default', title, 12),
		...(share === '' ? [] : [cell('text.accent', share, 8)]),
		span(isOff ? 'text.faint' : 'text.muted', reason ?? (note === undefined ? '' : `skips ${note}`)),
	];
}
