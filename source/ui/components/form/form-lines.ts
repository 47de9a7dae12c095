import {type SchemaProblem} from '../../../core/schema/validate.ts';
import {textWidth, wrapText} from '../../../core/text/text.ts';
import {cutLine, type Line, lineWidth, span, spreadLine} from '../line/line.ts';
import {textFieldSpans} from '../text-field/text-field-line.ts';
import {type FieldValue, type FormState} from './form-state.ts';
import {type FieldOption, type FormField} from './form-field.ts';
import {fieldOfStop} from './update-form.ts';

type Options = {
	readonly fields: readonly FormField[];
	readonly form: FormState;
	readonly focus: string;
	readonly problems: readonly SchemaProblem[];
	readonly width: number;
};

const optionsShown = 5;

/** The lines of a form and the index of the line with the focus. */
export function formLines(options: Options): {readonly lines: readonly Line[]; readonly anchor: number} {
	const {fields, form, focus} = options;
	const advanced = fields.filter(({isAdvanced}) => isAdvanced);
	const lines: Line[] = [];
	let anchor = 0;
	const add = (shown: readonly FormField[]) => {
		for (const field of shown) {
			const drawn = fieldLines(field, options);
			if (fieldOfStop(focus) === field.key) {
				const row = focus.includes(':') ? Number(focus.slice(focus.lastIndexOf(':') + 1)) : 0;
				anchor = lines.length + Math.min(row, drawn.length - 1);
			}

			lines.push(...drawn);
		}
	};
	add(fields.filter(({isAdvanced}) => !isAdvanced));
	if (advanced.length > 0) {
		if (focus === 'more') {
			anchor = lines.length;
		}

		lines.push(moreLine(advanced.length, form.isAdvancedShown, focus === 'more'));
		if (form.isAdvancedShown) {
			add(advanced);
		}
	}

	return {lines, anchor};
}

function moreLine(count: number, isShown: boolean, isFocused: boolean): Line {
	const label = isShown ? '▾ fewer fields' : `▸ ${count} more ${count === 1 ? 'field' : 'fields'}`;
	return isFocused
		? [span('button.focusText', ` ${label} `, {on: 'button.focusBackground', bold: true}), span('text.muted', '  space opens and closes')]
		: [span('text.muted', ` ${label}`)];
}

// Labels of settings of plugins are half sentences; those of a deploy are words.
const labelWidthOf = (fields: readonly FormField[], width: number): number =>
	width < 50 ? 10 : Math.min(Math.max(16, ...fields.map(({label}) => textWidth(label) + 2)), Math.floor(width * 0.45));

function fieldLines(field: FormField, {fields, form, focus, problems, width}: Options): readonly Line[] {
	const value = form.values[field.key];
	if (value === undefined) {
		return [];
	}

	const isFocused = fieldOfStop(focus) === field.key;
	const labelWidth = labelWidthOf(fields, width);
	const problem = problems.find(({field: at}) => at === field.key || at.startsWith(`${field.key}.`));
	const isSaid = problem !== undefined && form.touched.includes(field.key);
	const label = span(isFocused ? 'text.accent' : 'text.muted', cutLabel(field.label, labelWidth), {bold: isFocused});
	const rest = width - labelWidth;
	const inputWidth = Math.min(Math.max(12, Math.floor(rest * 0.6)), rest);
	const [first = [], ...others] = valueLines(field, value, focus, inputWidth, rest);
	const note = isSaid ? ['  ', span('health.fail', `✖ ${problem.message}`)] : hintOf(field, value);
	const said = cutDetail(field, value, rest) ?? field.help;
	const help = field.label.length >= labelWidth ? [field.label, said].filter(Boolean).join(': ') : said;
	const fitsBeside = isSaid ? rest - inputWidth > problem.message.length + 4 : true;
	const indent = ' '.repeat(labelWidth);
	return [
		[label, ...first, ...(fitsBeside ? note : [])],
		...(isSaid && !fitsBeside
			? wrapText(`✖ ${problem.message}`, Math.max(10, rest)).map((text): Line => [indent, span('health.fail', text)])
			: []),
		...others.map((line): Line => [indent, ...line]),
		...(isFocused && help !== undefined && width >= 50
			? wrapText(help, Math.max(10, rest))
					.slice(0, 2)
					.map((text): Line => [indent, span('text.faint', text)])
			: []),
	];
}

// What the chosen one is, where its line has no room for it, is worth more than what the field is.
function cutDetail({options}: FormField, value: FieldValue, width: number): string | undefined {
	const chosen = value.kind === 'choice' ? options[value.index] : undefined;
	return chosen?.detail !== undefined && textWidth(chosen.detail) + labelsWidth(options) + 4 > width ? chosen.detail : undefined;
}

const labelsWidth = (options: readonly FieldOption[]): number => Math.min(24, Math.max(...options.map(({label}) => label.length), 4));

const cutLabel = (label: string, width: number): string => (label.length >= width ? `${label.slice(0, width - 2)}… ` : label.padEnd(width));

const hintOf = ({isRequired, kind, note}: FormField, value: FieldValue): Line =>
	note !== undefined
		? ['  ', span('text.faint', note)]
		: isRequired && value.kind === 'text' && value.field.value === ''
			? ['  ', span('text.faint', 'required')]
			: kind === 'number'
				? []
				: [];

function valueLines(field: FormField, value: FieldValue, focus: string, inputWidth: number, width: number): readonly Line[] {
	switch (value.kind) {
		case 'flag': {
			const isFocused = focus === field.key;
			const text = value.isOn ? '● yes ' : '○ no  ';
			return [
				[
					isFocused
						? span('button.focusText', text, {on: 'button.focusBackground', bold: true})
						: span('field.text', text, {on: 'field.background'}),
					...(isFocused ? [span('text.muted', '  space changes')] : []),
				],
			];
		}

		case 'choice': {
			return choiceLines(field.options, value.index, focus === field.key, width);
		}

		case 'rows': {
			return value.rows.map((row, index) =>
				textFieldSpans({
					field: row,
					width: inputWidth,
					isFocused: focus === `${field.key}:${index}`,
					placeholder: index > 0 ? '' : field.kind === 'pairs' ? (field.placeholder ?? 'KEY=value') : (field.placeholder ?? ''),
				}),
			);
		}

		case 'text': {
			const inputCells = field.kind === 'number' ? Math.min(14, inputWidth) : inputWidth;
			return [
				textFieldSpans({
					field: value.field,
					width: inputCells,
					isFocused: focus === field.key,
					placeholder: field.placeholder ?? '',
				}),
			];
		}
	}
}

// The chosen one in the field; the others below it while the focus is there.
function choiceLines(options: readonly FieldOption[], index: number, isFocused: boolean, width: number): readonly Line[] {
	const chosen = options[index];
	const labels = labelsWidth(options);
	if (!isFocused) {
		return [
			[
				span('field.text', (chosen?.label ?? '—').padEnd(labels), {on: 'field.background'}),
				span('field.placeholder', '  ▾ ', {on: 'field.background'}),
				span('text.muted', ['', chosen?.detail, chosen?.aside].filter(text => text !== undefined).join('  ')),
			],
		];
	}

	const top = Math.min(Math.max(0, index - Math.floor(optionsShown / 2)), Math.max(0, options.length - optionsShown));
	return [
		[
			span('button.focusText', `${(chosen?.label ?? '—').padEnd(labels)} ◂ ▸`, {on: 'button.focusBackground', bold: true}),
			span('text.faint', `  ${index + 1} of ${options.length}`),
		],
		...options.slice(top, top + optionsShown).map((option, offset): Line => {
			const isChosen = top + offset === index;
			const token = option.unavailable === undefined ? (isChosen ? 'text.strong' : 'text.default') : 'text.faint';
			const note = option.unavailable ?? option.detail ?? '';
			const label: Line = [span('text.accent', isChosen ? '▸ ' : '  '), span(token, option.label.padEnd(labels), {bold: isChosen})];
			const left: Line = [...label, span(option.unavailable === undefined ? 'text.muted' : 'health.warn', note === '' ? '' : `  ${note}`)];
			const aside: Line = option.unavailable !== undefined || option.aside === undefined ? [] : [span('cost.amount', option.aside)];
			// Where only one of them fits the price wins, and nothing is cut to crumbs.
			const whole = [left, label].find(line => lineWidth(aside) > 0 && lineWidth(line) + lineWidth(aside) + 1 <= width);
			return whole === undefined ? cutLine(left, width) : spreadLine(whole, aside, width);
		}),
	];
}
