import {describePermissions} from '../../../core/permissions/describe.ts';
import {type PermissionItem} from '../../../core/permissions/permission-item.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {formatAge} from '../../../core/text/duration.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {wrapText} from '../../../core/text/text.ts';
import {type Line, span} from '../../components/line/line.ts';
import {section} from '../shared/sections.ts';

/** What it may do, what it waits for, and what it tried without being allowed to. */
export function permissionLines({manifest, origin, consent, denied, state}: PluginRecord, width: number, now: number): readonly Line[] {
	const asked = describePermissions(manifest.permissions ?? {});
	const isWaiting = ({kind, title}: PermissionItem) => consent?.needed.some(item => item.kind === kind && item.title === title) === true;
	const waiting = consent?.needed ?? [];
	const isRefused = consent === undefined && state === 'blocked';
	const granted = isRefused ? [] : asked.filter(item => !isWaiting(item));
	const tried: readonly Line[] =
		denied.count === 0
			? [[span('health.pass', '● '), span('text.muted', 'It has not tried anything it may not do.')]]
			: [
					[
						span('health.warn', `▲ ${denied.count} ${denied.count === 1 ? 'time' : 'times'} denied`, {bold: true}),
						span('text.muted', denied.last === undefined ? '' : ` · last ${formatAge(now - denied.last.at)}`),
					],
					...(denied.last === undefined
						? []
						: wrapText(safeText(denied.last.what), width - 4).map((text): Line => ['  ', span('text.default', text)])),
				];
	return [
		...section(
			'Waits for your answer',
			waiting.length === 0 ? [] : [...itemLines(waiting, width - 2, '?'), [span('key', 'enter'), span('text.muted', ' answers')]],
		),
		...(isRefused
			? section('Refused', [[span('health.warn', 'You refused what it asks for. '), span('key', 'e'), span('text.muted', ' asks again.')]])
			: []),
		...section(
			'Allowed',
			origin === 'bundled'
				? [
						[span('text.default', 'Comes with cws and runs with your rights, in a thread of its own.')],
						...itemLines(granted, width - 2, '·'),
					]
				: granted.length === 0
					? [[span('text.muted', waiting.length === 0 && !isRefused ? 'nothing: it reaches nothing outside of its sandbox' : 'nothing')]]
					: itemLines(granted, width - 2, '●'),
		),
		...section('Denied', tried),
	];
}

function itemLines(items: readonly PermissionItem[], width: number, glyph: string): readonly Line[] {
	return items.flatMap(({title, reason, risk}): readonly Line[] => {
		const token = risk === 'high' ? 'health.warn' : 'text.default';
		return [
			...wrapText(safeText(title), width - 2).map((text, index): Line => [
				span(risk === 'high' ? 'health.warn' : 'text.muted', index === 0 ? `${glyph} ` : '  '),
				span(token, text),
			]),
			...(reason === '' ? [] : wrapText(safeText(reason), width - 4).map((text): Line => ['    ', span('text.faint', text)])),
		];
	});
}
