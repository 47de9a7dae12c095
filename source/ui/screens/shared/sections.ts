import {type Line, lineWidth, cutLine, span} from '../../components/line/line.ts';

/** A heading over lines; nothing when there are none. */
export const section = (title: string, lines: readonly Line[]): readonly Line[] =>
	lines.length === 0 ? [] : [[span('text.accent', title, {bold: true})], ...lines.map((line): Line => ['  ', ...line]), []];

/** Two columns side by side where the width allows, below one another where it does not. */
export function besides(left: readonly Line[], right: readonly Line[], width: number): readonly Line[] {
	if (width < 96) {
		return [...left, ...right];
	}

	const column = Math.floor((width - 3) / 2);
	return Array.from({length: Math.max(left.length, right.length)}, (_, index): Line => {
		const line = cutLine(left[index] ?? [], column);
		return [...line, ' '.repeat(column - lineWidth(line) + 3), ...(right[index] ?? [])];
	});
}

/** A tab bar: the chosen one stands out. */
export const tabsLine = (tabs: readonly {readonly id: string; readonly title: string}[], chosen: string): Line =>
	tabs.flatMap(({id, title}, index): Line => [
		index === 0 ? '' : span('text.faint', ' · '),
		id === chosen ? span('text.accent', title, {bold: true, underline: true}) : span('text.muted', title),
	]);
