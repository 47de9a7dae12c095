import {type PaneCell, type PaneTone, type PaneView, paneLimits} from './pane-view.ts';
import {safeLines, safeText} from './text/safe-text.ts';

export type ReadPaneView = {readonly ok: true; readonly view: PaneView} | {readonly ok: false; readonly problem: string};

/**
What a plugin answered for a pane, as the view it is, or what is wrong with it and where: `rows[3] has 2 cells and there are 3 columns`.
Nothing is mended: half of a table would be a lie. Texts are made harmless.
*/
export function readPaneView(value: unknown): ReadPaneView {
	try {
		return {ok: true, view: readView(value, 'the view', true)};
	} catch (error) {
		if (error instanceof Nonsense) {
			return {ok: false, problem: error.message};
		}

		throw error;
	}
}

class Nonsense extends Error {}

type Fields = Readonly<Record<string, unknown>>;

const nonsense = (where: string, what: string): never => {
	throw new Nonsense(`${where} ${what}`);
};

function readView(value: unknown, where: string, mayHoldTabs: boolean): PaneView {
	const fields = readFields(value, where);
	switch (fields['kind']) {
		case 'table': {
			return readTable(fields);
		}

		case 'keyValue': {
			const entries = readList(fields['entries'], 'entries', paneLimits.entries).map((entry, index) => {
				const at = `entries[${index}]`;
				const {key, value: shown} = readFields(entry, at);
				return {key: readText(key, `${at}.key`), value: readCell(shown, `${at}.value`)};
			});
			return {kind: 'keyValue', entries};
		}

		case 'text': {
			const {text} = fields;
			if (typeof text !== 'string') {
				return nonsense('text', 'is no text');
			}

			const lines = text.split('\n').length;
			return lines > paneLimits.lines
				? nonsense('text', `has ${lines} lines, at most ${paneLimits.lines} are shown`)
				: {kind: 'text', text: safeLines(text)};
		}

		case 'gauge': {
			const max = readNumber(fields['max'], 'max');
			return max > 0
				? {kind: 'gauge', label: readText(fields['label'], 'label'), value: readNumber(fields['value'], 'value'), max}
				: nonsense('max', 'is not above zero');
		}

		case 'bars': {
			const {unit} = fields;
			const bars = readList(fields['bars'], 'bars', paneLimits.bars).map((entry, index) => {
				const {label, value: size} = readFields(entry, `bars[${index}]`);
				return {label: readText(label, `bars[${index}].label`), value: readNumber(size, `bars[${index}].value`)};
			});
			return {kind: 'bars', bars, ...(unit !== undefined && {unit: readText(unit, 'unit')})};
		}

		case 'sparkline': {
			const {label} = fields;
			const values = readList(fields['values'], 'values', paneLimits.values).map((one, index) => readNumber(one, `values[${index}]`));
			return {kind: 'sparkline', values, ...(label !== undefined && {label: readText(label, 'label')})};
		}

		case 'tabs': {
			if (!mayHoldTabs) {
				return nonsense(where, 'is inside of tabs and holds tabs itself');
			}

			const tabs = readList(fields['tabs'], 'tabs', paneLimits.tabs).map((entry, index) => {
				const {title, view} = readFields(entry, `tabs[${index}]`);
				const inner = readView(view, `tabs[${index}].view`, false);
				return {title: readText(title, `tabs[${index}].title`), view: inner as Exclude<PaneView, {kind: 'tabs'}>};
			});
			return tabs.length === 0 ? nonsense('tabs', 'is empty') : {kind: 'tabs', tabs};
		}

		default: {
			return nonsense(where, `has the kind \`${safeText(String(fields['kind'])).slice(0, 40)}\`, which is none of a pane`);
		}
	}
}

function readTable(fields: Fields): PaneView {
	const columns = readList(fields['columns'], 'columns', paneLimits.columns).map((entry, index) => {
		const {title, align} = readFields(entry, `columns[${index}]`);
		return {title: readText(title, `columns[${index}].title`), ...(align !== undefined && {align: readAlign(align, index)})};
	});
	const rows = readList(fields['rows'], 'rows', paneLimits.rows).map((entry, index) => {
		const row = readList(entry, `rows[${index}]`, paneLimits.columns);
		return row.length === columns.length
			? row.map((cell, column) => readCell(cell, `rows[${index}][${column}]`))
			: nonsense(`rows[${index}]`, `has ${row.length} cells and there are ${columns.length} columns`);
	});
	return columns.length === 0 ? nonsense('columns', 'is empty') : {kind: 'table', columns, rows};
}

const readAlign = (value: unknown, index: number): 'left' | 'right' =>
	value === 'left' || value === 'right' ? value : nonsense(`columns[${index}].align`, 'is neither `left` nor `right`');

function readFields(value: unknown, where: string): Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : nonsense(where, 'is no object');
}

function readList(value: unknown, where: string, most: number): readonly unknown[] {
	if (!Array.isArray(value)) {
		return nonsense(where, 'is no list');
	}

	return value.length > most ? nonsense(where, `has ${value.length} entries, at most ${most} are shown`) : (value as readonly unknown[]);
}

const readText = (value: unknown, where: string): string => (typeof value === 'string' ? safeText(value) : nonsense(where, 'is no text'));

const readNumber = (value: unknown, where: string): number =>
	typeof value === 'number' && Number.isFinite(value) ? value : nonsense(where, 'is no number');

const tones: readonly unknown[] = ['ok', 'warn', 'bad', 'dim', 'accent'] satisfies readonly PaneTone[];

function readCell(value: unknown, where: string): PaneCell {
	if (typeof value === 'string') {
		return safeText(value);
	}

	if (typeof value === 'number') {
		return readNumber(value, where);
	}

	const {text, tone} = readFields(value, where);
	if (tone !== undefined && !tones.includes(tone)) {
		return nonsense(`${where}.tone`, 'is none of ok, warn, bad, dim, accent');
	}

	return {text: readText(text, `${where}.text`), ...(tone !== undefined && {tone: tone as PaneTone})};
}
