import {formatKey, type InputEvent} from '../../../keymap/key-event.ts';
import {createTextField, type TextField, updateTextField} from '../text-field/text-field.ts';
import {type FieldValue, type FormState} from './form-state.ts';
import {type FormField} from './form-field.ts';

/** Where the focus can rest, top to bottom: `port`, `env:0`, `more`. */
export function formStops(fields: readonly FormField[], form: FormState): readonly string[] {
	const stops = (shown: readonly FormField[]) =>
		shown.flatMap(({key}) => {
			const value = form.values[key];
			return value?.kind === 'rows' ? value.rows.map((_, index) => `${key}:${index}`) : [key];
		});
	const advanced = fields.filter(({isAdvanced}) => isAdvanced);
	return [
		...stops(fields.filter(({isAdvanced}) => !isAdvanced)),
		...(advanced.length === 0 ? [] : ['more', ...(form.isAdvancedShown ? stops(advanced) : [])]),
	];
}

export const fieldOfStop = (stop: string): string => stop.replace(/:\d+$/, '');

/** The form after an event on the focused stop; undefined when the event is not for a field. */
export function updateForm(form: FormState, fields: readonly FormField[], focus: string, event: InputEvent): FormState | undefined {
	const name = event.type === 'key' ? formatKey(event.key) : undefined;
	if (focus === 'more') {
		return name === 'enter' || name === 'space' || name === 'right' || name === 'left'
			? {...form, isAdvancedShown: name === 'right' || (name !== 'left' && !form.isAdvancedShown)}
			: undefined;
	}

	const key = fieldOfStop(focus);
	const field = fields.find(field => field.key === key);
	const value = form.values[key];
	if (field === undefined || value === undefined) {
		return undefined;
	}

	const next = updateValue(field, value, focus, event, name);
	if (next === undefined || next === value) {
		return next === undefined ? undefined : form;
	}

	return {...form, values: {...form.values, [key]: next}, touched: form.touched.includes(key) ? form.touched : [...form.touched, key]};
}

function updateValue(
	field: FormField,
	value: FieldValue,
	focus: string,
	event: InputEvent,
	name: string | undefined,
): FieldValue | undefined {
	switch (value.kind) {
		case 'flag': {
			return name === 'space' || name === 'left' || name === 'right' ? {kind: 'flag', isOn: !value.isOn, isSet: true} : undefined;
		}

		case 'choice': {
			if (name === 'left' || name === 'right' || name === 'space') {
				return {kind: 'choice', index: nextChoice(field, value.index, name === 'left' ? -1 : 1)};
			}

			const letter = event.type === 'key' && !event.key.ctrl && !event.key.alt ? event.key.text : undefined;
			return letter === undefined ? undefined : {kind: 'choice', index: choiceByLetter(field, value.index, letter)};
		}

		case 'rows': {
			return updateRows(value.rows, Number(focus.slice(field.key.length + 1)), event);
		}

		case 'text': {
			const text = updateTextField(value.field, event);
			return text === undefined ? undefined : text === value.field ? value : {kind: 'text', field: text};
		}
	}
}

// What cannot be chosen is stepped over; its reason is on the screen all the same.
function nextChoice({options}: FormField, index: number, by: number): number {
	for (let step = 1; step <= options.length; step++) {
		const next = (index + by * step + options.length * step) % options.length;
		if (options[next]!.unavailable === undefined) {
			return next;
		}
	}

	return index;
}

function choiceByLetter({options}: FormField, index: number, letter: string): number {
	const order = options.map((_, offset) => (index + 1 + offset) % options.length);
	return (
		order.find(at => options[at]!.unavailable === undefined && options[at]!.label.toLowerCase().startsWith(letter.toLowerCase())) ?? index
	);
}

function updateRows(rows: readonly TextField[], index: number, event: InputEvent): FieldValue | undefined {
	const row = rows[index];
	if (row === undefined) {
		return undefined;
	}

	// A pasted block of lines becomes as many rows.
	const lines = event.type === 'key' ? [] : event.text.split(/\r?\n/).filter(line => line.trim() !== '');
	if (lines.length > 1) {
		return settle([
			...rows.slice(0, index),
			...(row.value === '' ? [] : [row]),
			...lines.map(line => createTextField(line)),
			...rows.slice(index + 1),
		]);
	}

	const next = updateTextField(row, event);
	return next === undefined ? undefined : settle(rows.with(index, next));
}

const settle = (rows: readonly TextField[]): FieldValue => ({
	kind: 'rows',
	rows: rows.at(-1)?.value === '' ? rows : [...rows, createTextField()],
});
