import {wrapText} from '../../../core/text/text.ts';
import {type CommandInputs} from '../../../engine/command-types.ts';
import {cellText, type PluginCommandResult, tableOf} from '../../../engine/contributions/read-command-output.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {cell, type Line, span} from '../../components/line/line.ts';
import {clampTop, scrollBy, type ScrollMove} from '../../components/scroll-text/scroll.ts';
import {textWidth} from '../../../core/text/text.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {failureLines} from '../message/message.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';
import {fromOutcome, loading, type Remote} from '../shared/remote.ts';

/** What a command of a plugin printed, to be read and scrolled. */
export type OutputOverlay = {
	readonly kind: 'output';
	/** As it would be typed. */
	readonly line: string;
	readonly reply: string;
	readonly result: Remote<PluginCommandResult>;
	readonly top: number;
};

const wanted = 96;

/** Runs the command, and shows what it says when it has said it. */
export function openOutput(line: string, input: CommandInputs['runPluginCommand']): Opened<OutputOverlay> {
	// A late answer to an earlier one must not land here.
	const reply = `output:${crypto.randomUUID()}`;
	return {
		state: {kind: 'output', line, reply, result: loading, top: 0},
		effects: [{type: 'run', command: 'runPluginCommand', input, reply}],
	};
}

const moves: Readonly<Record<string, ScrollMove>> = {
	j: 'down',
	down: 'down',
	k: 'up',
	up: 'up',
	pageDown: 'pageDown',
	space: 'pageDown',
	pageUp: 'pageUp',
	g: 'top',
	home: 'top',
	G: 'bottom',
	end: 'bottom',
};

export function updateOutput(state: OutputOverlay, event: LayerEvent, _context: ViewContext, view: ViewState): LayerUpdate<OutputOverlay> {
	if (event.type === 'reply') {
		return {state: event.reply === state.reply ? {...state, result: fromOutcome<PluginCommandResult>(event.outcome)} : state};
	}

	if (event.type === 'engine') {
		return {state};
	}

	if (isKey(event, 'esc', 'enter', 'q')) {
		return {};
	}

	const lines = bodyLines(state, widthIn(view));
	if (isKey(event, 'c') && state.result.status === 'ready') {
		const {text, data} = state.result.value;
		return {state, effects: [{type: 'copy', text: text ?? JSON.stringify(data ?? null, undefined, '\t'), label: 'what it printed'}]};
	}

	const move = Object.entries(moves).find(([key]) => isKey(event, key))?.[1];
	return {state: move === undefined ? state : {...state, top: scrollBy(state.top, move, lines.length, heightIn(view))}};
}

const widthIn = ({size}: ViewState): number => Math.min(wanted, size.columns - 4);

const heightIn = ({size}: ViewState): number => Math.max(3, Math.min(30, size.rows - 8));

export function viewOutput(state: OutputOverlay, _context: ViewContext, view: ViewState): DialogView {
	const {line, result, top} = state;
	const width = widthIn(view);
	const height = heightIn(view);
	const lines = bodyLines(state, width);
	const first = clampTop(top, lines.length, height);
	const exitCode = result.status === 'ready' ? result.value.exitCode : 0;
	return {
		title: line,
		tone: result.status === 'failed' || exitCode !== 0 ? 'danger' : 'default',
		...(lines.length > height && {note: `${first + 1}-${Math.min(lines.length, first + height)} of ${lines.length}`}),
		width: wanted,
		body:
			result.status === 'loading'
				? [[span('status.changing', `${spinnerGlyph(view.spinner)} `), span('text.muted', 'it runs …')]]
				: lines.slice(first, first + height),
		footer: [
			[
				...(exitCode === 0 ? [] : [span('health.fail', `exit code ${exitCode}   `)]),
				span('text.muted', lines.length > height ? 'j k scroll · c copies · Esc closes' : 'c copies · Esc closes'),
			],
		],
	};
}

function bodyLines({result}: OutputOverlay, width: number): readonly Line[] {
	if (result.status !== 'ready') {
		return result.status === 'failed' ? failureLines(result.error, width) : [];
	}

	const {text, data} = result.value;
	if (text !== undefined) {
		return text
			.split('\n')
			.flatMap(line => (line === '' ? [[' ']] : wrapText(line, width).map((part): Line => [span('text.default', part)])));
	}

	const table = tableOf(data);
	if (table === undefined) {
		return data === undefined || (Array.isArray(data) && data.length === 0)
			? [[span('text.muted', 'It is done and printed nothing.')]]
			: JSON.stringify(data, undefined, '  ')
					.split('\n')
					.map((line): Line => [span('text.default', line)]);
	}

	const {columns, rows} = table;
	const cells = rows.map(row => columns.map(column => cellText(row[column])));
	const widths = columns.map((column, index) => Math.min(40, Math.max(textWidth(column), ...cells.map(row => textWidth(row[index]!)))));
	const lineOf = (values: readonly string[], token: 'text.muted' | 'text.default'): Line =>
		values.flatMap((value, index): Line => [cell(token, value, widths[index]!), '  ']);
	return [
		lineOf(
			columns.map(column => column.toUpperCase()),
			'text.muted',
		),
		...cells.map(row => lineOf(row, 'text.default')),
	];
}
