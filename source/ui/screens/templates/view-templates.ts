import {type TemplateParameter} from '../../../core/template.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {textWidth, wrapText} from '../../../core/text/text.ts';
import {type TemplateRow} from '../../../engine/templates/template-library.ts';
import {templateStatus} from '../../../engine/templates/template-status.ts';
import {cell, type Line, span} from '../../components/line/line.ts';
import {menuRow} from '../../components/menu/menu-lines.ts';
import {moveCursor} from '../../components/scroll-text/scroll.ts';
import {templateOffer} from '../../overlays/deploy/templates.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {factLine, factLines} from '../../overlays/shared/facts.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, type ScreenView} from '../screen.ts';
import {rowsOf, selectedOf, templateDetailRows, templateRows, type TemplatesScreen, whyNot} from './templates.ts';

export function viewTemplates(state: TemplatesScreen, context: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const rows = rowsOf(state);
	const broken = rows.filter(({problems, hiddenBy}) => problems.length > 0 && hiddenBy === undefined).length;
	const columns = columnsOf(rows, width);
	const room = templateRows(height);
	const {cursor, top} = moveCursor(state, undefined, rows.length, room);
	const selected = selectedOf(state);
	return {
		title: 'Templates',
		note: [
			span('text.muted', state.rows.status === 'ready' ? String(rows.length) : ''),
			span('health.warn', broken === 0 ? '' : ` · ${broken} to be mended`),
		],
		header: rows.length === 0 ? [] : [headLine(columns)],
		body:
			rows.length === 0
				? emptyLines(state, view, width)
				: rows.slice(top, top + room).map((row, index) => menuRow(rowLine(row, columns), top + index === cursor, width)),
		more: {above: top > 0, below: top + room < rows.length},
		footer:
			selected === undefined
				? []
				: fill([[span('border.default', '─'.repeat(width))], ...detailLines(selected, context, width)], templateDetailRows(height)),
	};
}

type Columns = {readonly name: number; readonly type: number; readonly from: number; readonly status: number};

function columnsOf(rows: readonly TemplateRow[], width: number): Columns {
	const widest = (least: number, texts: readonly string[]) => Math.max(least, ...texts.map(text => textWidth(text))) + 2;
	return {
		name: Math.min(
			widest(
				4,
				rows.map(({name}) => name),
			),
			Math.floor(width * 0.4),
		),
		type: Math.min(
			widest(
				4,
				rows.map(({type = '-'}) => type),
			),
			14,
		),
		from: Math.min(
			widest(
				4,
				rows.map(row => fromOf(row)),
			),
			16,
		),
		status: 14,
	};
}

const headLine = ({name, type, from, status}: Columns): Line => [
	cell('text.muted', 'NAME', name),
	cell('text.muted', 'TYPE', type),
	cell('text.muted', 'FROM', from),
	cell('text.muted', 'STATUS', status),
	span('text.muted', 'TITLE'),
];

const fromOf = ({plugin, place}: TemplateRow): string => plugin ?? place;

function rowLine(row: TemplateRow, columns: Columns): Line {
	const {name, type = '-', title, isLaunchable, problems} = row;
	const look =
		problems.length > 0 ? (['▲', 'health.warn'] as const) : isLaunchable ? (['●', 'health.pass'] as const) : (['○', 'text.muted'] as const);
	return [
		cell(isLaunchable ? 'text.strong' : 'text.default', name, columns.name - 1),
		' ',
		cell('text.muted', type, columns.type - 1),
		' ',
		cell('text.muted', fromOf(row), columns.from - 1),
		' ',
		cell(look[1], `${look[0]} ${templateStatus(row)}`, columns.status),
		safeText(title),
	];
}

function emptyLines({rows}: TemplatesScreen, {spinner}: ViewState, width: number): readonly Line[] {
	return rows.status === 'failed'
		? failureLines(rows.error, width)
		: rows.status === 'loading'
			? [[span('status.changing', spinnerGlyph(spinner)), span('text.muted', ' reading the templates')]]
			: [
					[],
					[
						span('text.muted', 'No template yet. Put a YAML file into the folder '),
						'`templates`',
						span('text.muted', ' beside config.toml,'),
					],
					[span('text.muted', 'or install a plugin that has some.')],
				];
}

function detailLines(row: TemplateRow, {engine}: ViewContext, width: number): readonly Line[] {
	const {description, file, own, resolved, problems, hiddenBy} = row;
	const inherits = own.inherits === undefined ? '' : [own.inherits].flat().join(', ');
	const offer = templateOffer(engine, row);
	return [
		...problems.flatMap(({file: where, line, column, message, fix}): readonly Line[] => [
			...wrapText(`${baseName(where)}:${line}:${column}  ${safeText(message)}`, width - 2).map((text, index): Line => [
				span('health.warn', index === 0 ? '▲ ' : '  '),
				text,
			]),
			...(fix === undefined ? [] : [[span('text.accent', `  ${safeText(fix)}`)]]),
		]),
		...(description === undefined ? [] : factLines('is', safeText(description), width)),
		...(inherits === '' ? [] : factLines('inherits', safeText(inherits), width)),
		...Object.entries(resolved.parameters ?? {}).map(([name, parameter], index) =>
			factLine(index === 0 ? 'asks for' : '', span('text.default', name), span('text.muted', `  ${parameterText(parameter)}`)),
		),
		...(hiddenBy === undefined ? [] : factLines('hidden by', hiddenBy, width, 'health.warn')),
		...factLines('file', file, width, 'text.muted'),
		...(offer === undefined
			? [factLine('launch', span('text.muted', whyNot(row)))]
			: [factLine('launch', span('text.muted', `cws launch ${row.name} NAME`))]),
	];
}

const parameterText = ({type, default: value, required, min, max, choices}: TemplateParameter): string =>
	[
		choices === undefined ? type : choices.join(' | '),
		min === undefined ? '' : `from ${min}`,
		max === undefined ? '' : `to ${max}`,
		value === undefined ? (required === true ? 'required' : '') : `default ${String(value)}`,
	]
		.filter(Boolean)
		.join(' · ');

const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

const fill = (lines: readonly Line[], height: number): readonly Line[] =>
	Array.from({length: height}, (_, index): Line => lines[index] ?? []);
