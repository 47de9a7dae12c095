import {type PaneCell, type PaneTone, type PaneView, type TableView} from '../../../core/pane-view.ts';
import {padEnd, padStart, textWidth, truncate, wrapText} from '../../../core/text/text.ts';
import {type Token} from '../../theme/tokens.ts';
import {bar} from '../chart/bar.ts';
import {sparkline} from '../chart/sparkline.ts';
import {type Line, span, type Span} from '../line/line.ts';

export type DrawnView = {
	/** Stays while the rest scrolls: tabs, the heads of a table. */
	readonly header: readonly Line[];
	readonly lines: readonly Line[];
};

const tones: Readonly<Record<PaneTone, Token>> = {
	ok: 'health.pass',
	warn: 'health.warn',
	bad: 'health.fail',
	dim: 'text.muted',
	accent: 'text.accent',
};

/** A plugin's pane in our look: it says what is shown, the theme how. `tab` is the index of the tab in front. */
export function paneViewLines(view: PaneView, width: number, tab = 0): DrawnView {
	switch (view.kind) {
		case 'table': {
			return tableLines(view, width);
		}

		case 'keyValue': {
			const label = Math.min(Math.max(0, ...view.entries.map(({key}) => textWidth(key))), Math.max(8, Math.floor(width / 2))) + 2;
			return plain(
				view.entries.flatMap(({key, value}) =>
					wrapText(cellText(value), Math.max(8, width - label)).map((text, index): Line => [
						span('text.muted', padEnd(index === 0 ? truncate(key, label - 2) : '', label)),
						span(cellToken(value), text),
					]),
				),
			);
		}

		case 'text': {
			return plain(view.text.split('\n').flatMap(line => (line === '' ? [[]] : wrapText(line, width).map((text): Line => [text]))));
		}

		case 'gauge': {
			return plain(gaugeLines(view, width));
		}

		case 'bars': {
			return plain(barLines(view, width));
		}

		case 'sparkline': {
			const {values, label} = view;
			const last = values.at(-1);
			const [head, chart] = [label === undefined ? [] : [[span('text.muted', label)]], sparkline(values, width)];
			return plain([
				...head,
				chart === '' ? [span('text.faint', 'no values yet')] : [span('chart.line', chart)],
				...(last === undefined || chart === ''
					? []
					: [[span('text.muted', `now ${figure(last)} · highest ${figure(Math.max(...values))} · lowest ${figure(Math.min(...values))}`)]]),
			]);
		}

		case 'tabs': {
			const chosen = chosenTab(view, tab);
			const inner = paneViewLines(view.tabs[chosen]!.view, width);
			const bar = view.tabs.flatMap(({title}, index): Line => [
				index === 0 ? '' : span('text.faint', ' · '),
				index === chosen ? span('text.accent', title, {bold: true, underline: true}) : span('text.muted', title),
			]);
			return {header: [bar, [], ...inner.header], lines: inner.lines};
		}
	}
}

/** How many tabs it has; 1 when it is no tabs at all. */
export const tabCount = (view: PaneView | undefined): number => (view?.kind === 'tabs' ? view.tabs.length : 1);

const chosenTab = ({tabs}: Extract<PaneView, {kind: 'tabs'}>, tab: number): number => Math.min(tab, tabs.length - 1);

const plain = (lines: readonly Line[]): DrawnView => ({header: [], lines});

export const cellText = (cell: PaneCell): string => (typeof cell === 'string' ? cell : typeof cell === 'number' ? figure(cell) : cell.text);

export const cellToken = (cell: PaneCell): Token =>
	typeof cell === 'object' && cell.tone !== undefined ? tones[cell.tone] : 'text.default';

// Numbers of plugins have units of their own: only what is no longer a number to a reader is rounded.
export const figure = (value: number): string =>
	Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : String(Number(value.toPrecision(6)));

const gap = 2;
const narrowest = 4;

function tableLines({columns, rows}: TableView, width: number): DrawnView {
	if (rows.length === 0) {
		return {header: [], lines: [[span('text.muted', 'no rows')]]};
	}

	const widths = fitWidths(
		columns.map(({title}, index) => Math.max(textWidth(title), ...rows.map(row => textWidth(cellText(row[index]!))))),
		width,
	);
	const isRight = columns.map(
		({align}, index) => (align ?? (rows.every(row => typeof row[index] === 'number') ? 'right' : 'left')) === 'right',
	);
	const draw = (cells: readonly Span[]): Line =>
		cells.slice(0, widths.length).flatMap((part, index): Line => {
			const text = truncate(part.text, widths[index]!);
			return [{...part, text: isRight[index] ? padStart(text, widths[index]!) : padEnd(text, widths[index]!)}, ' '.repeat(gap)];
		});
	return {
		header: [draw(columns.map(({title}) => span('text.muted', title)))],
		lines: rows.map(row => draw(row.map(cell => span(cellToken(cell), cellText(cell))))),
	};
}

/** The widest columns give way first; the last ones go when even the narrowest do not fit. */
function fitWidths(wanted: readonly number[], width: number): readonly number[] {
	const shown = wanted.slice(0, Math.max(1, Math.floor((width + gap) / (narrowest + gap))));
	const room = width - gap * (shown.length - 1);
	let cap = Math.max(...shown);
	while (cap > narrowest && shown.reduce((sum, one) => sum + Math.min(one, cap), 0) > room) {
		cap--;
	}

	return shown.map(one => Math.min(one, cap));
}

function gaugeLines({label, value, max}: Extract<PaneView, {kind: 'gauge'}>, width: number): readonly Line[] {
	const share = value / max;
	const token = share >= 0.95 ? 'health.fail' : share >= 0.8 ? 'health.warn' : 'text.default';
	const words = ` ${Math.round(share * 100)} %`;
	const cells = Math.min(40, Math.max(4, width - words.length));
	return [
		[span('text.muted', label), '  ', span(token, `${figure(value)} of ${figure(max)}`)],
		[...bar(share, cells), span(token, words, {bold: true})],
	];
}

function barLines({bars, unit}: Extract<PaneView, {kind: 'bars'}>, width: number): readonly Line[] {
	if (bars.length === 0) {
		return [[span('text.muted', 'nothing to compare')]];
	}

	const figures = bars.map(({value}) => `${figure(value)}${unit === undefined ? '' : ` ${unit}`}`);
	const right = Math.max(...figures.map(text => textWidth(text)));
	const label = Math.min(Math.max(...bars.map(one => textWidth(one.label))), Math.max(6, Math.floor(width * 0.4)));
	const cells = Math.min(48, width - label - right - 2);
	const highest = Math.max(...bars.map(({value}) => value));
	return bars.map(({label: name, value}, index): Line => [
		span('text.muted', padEnd(truncate(name, label), label)),
		' ',
		...(cells < 4 ? [] : bar(highest > 0 ? value / highest : 0, cells)),
		' ',
		padStart(figures[index]!, right),
	]);
}
