import {type PermissionItem} from '../../../core/permissions/permission-item.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {wrapText} from '../../../core/text/text.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {type Line, span} from '../../components/line/line.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {factLine} from '../shared/facts.ts';
import {type ConsentOverlay} from './consent.ts';

const origins = {
	bundled: 'comes with cws',
	directory: 'from a folder you named',
	project: 'from the folder you are in',
	user: 'from your plugins',
	package: 'from an npm package',
	system: 'from this system',
} as const;

export function viewConsent(
	{plugin, version, shown, hasChanged, focus, at}: ConsentOverlay,
	{engine}: ViewContext,
	view: ViewState,
): DialogView {
	const wanted = 76;
	const width = Math.min(wanted, view.size.columns - 4);
	const record = engine.plugins.find(({id, state}) => id === plugin && state !== 'shadowed');
	const {needed, isUpdate} = shown;
	const high = needed.filter(({risk}) => risk === 'high').length;
	const {lines, anchor} = permissionList(needed, at, width);
	return {
		title: isUpdate ? 'An update asks for more' : 'Allow this plugin?',
		note: `${needed.length} ${needed.length === 1 ? 'permission' : 'permissions'}`,
		width: wanted,
		header: [
			[span('text.strong', safeText(record?.manifest.title ?? plugin), {bold: true}), span('text.muted', `  ${plugin} ${version}`)],
			factLine(
				'origin',
				span('text.default', record === undefined ? 'gone' : origins[record.origin]),
				...(record === undefined || record.origin === 'bundled'
					? []
					: [span('text.faint', ' · '), span('health.warn', record.badge ?? 'unsigned', {bold: true})]),
				...(record?.manifest.author === undefined ? [] : [span('text.muted', ` · by ${safeText(record.manifest.author)}`)]),
			),
			...(hasChanged ? [[span('health.warn', '▲ It asks for something else now.', {bold: true})]] : []),
			...wrapText(sentence(needed.length, high, isUpdate), width).map((text): Line => [span('text.muted', text)]),
		],
		body: needed.length === 0 ? [[span('text.muted', 'It runs in the sandbox and reaches nothing outside of it.')]] : lines,
		anchor,
		footer: [
			buttonsLine(
				[
					{id: 'cancel', label: 'Cancel'},
					{id: 'deny', label: 'Refuse'},
					{id: 'allow', label: isUpdate ? 'Allow the update' : 'Allow'},
				],
				focus,
			),
		],
	};
}

/** Every permission with its reason; `anchor` is the line of the one at `at`. */
export function permissionList(
	items: readonly PermissionItem[],
	at: number,
	width: number,
): {readonly lines: readonly Line[]; readonly anchor: number} {
	const blocks = items.map((item, index) => [...(index === 0 ? [] : [[] as Line]), ...itemLines(item, width)]);
	return {lines: blocks.flat(), anchor: blocks.slice(0, at).flat().length};
}

function sentence(count: number, high: number, isUpdate: boolean): string {
	const what = isUpdate
		? 'The version before goes on running until you answer. New in this one:'
		: 'It runs in a sandbox and can do only what you allow here:';
	return count === 0 ? '' : high === 0 ? what : `${what} ${high === 1 ? 'one can' : `${high} can`} do real harm.`;
}

function itemLines({kind, title, reason, risk}: PermissionItem, width: number): readonly Line[] {
	const isHigh = risk === 'high';
	const mark = isHigh ? '▲ ' : '· ';
	const indent = '  ';
	return [
		...wrapText(safeText(title), width - 2).map((text, index): Line => [
			span(isHigh ? 'health.warn' : 'text.muted', index === 0 ? mark : indent),
			span(isHigh ? 'health.warn' : 'text.default', text, {bold: isHigh}),
		]),
		...(reason === ''
			? kind === 'code'
				? []
				: [[span('text.faint', `${indent}no reason given`)]]
			: wrapText(`“${safeText(reason)}”`, width - 2).map((text): Line => [span('text.muted', indent + text)])),
	];
}
