import {type Json} from '../../../core/schema/json.ts';
import {createTextField, suggestTextField, type TextField} from '../text-field/text-field.ts';
import {type FormField, jsonText} from './form-field.ts';

export type FieldValue =
	| {readonly kind: 'text'; readonly field: TextField}
	| {readonly kind: 'flag'; readonly isOn: boolean; readonly isSet: boolean}
	| {readonly kind: 'choice'; readonly index: number}
	/** One text field a line; the last one is always empty and waits. */
	| {readonly kind: 'rows'; readonly rows: readonly TextField[]};

export type FormState = {
	readonly values: Readonly<Record<string, FieldValue>>;
	/** Fields whose problems are said, because a person was there. */
	readonly touched: readonly string[];
	readonly isAdvancedShown: boolean;
};

/** A form filled with presets first, then the schema's defaults; a default is replaced by the first thing typed. */
export const createForm = (fields: readonly FormField[], preset: Readonly<Record<string, Json>>): FormState => ({
	values: Object.fromEntries(fields.map(field => [field.key, valueOf(field, preset[field.key])])),
	touched: Object.keys(preset),
	isAdvancedShown: fields.some(({key, isAdvanced}) => isAdvanced && Object.hasOwn(preset, key)),
});

/** Keeps what was typed when the plugin's choices arrive and change the kind of a field. */
export const refitForm = (form: FormState, before: readonly FormField[], after: readonly FormField[]): FormState => ({
	...form,
	values: Object.fromEntries(
		after.map(field => {
			const old = before.find(({key}) => key === field.key);
			const value = form.values[field.key];
			const current = old === undefined || value === undefined ? undefined : jsonOf(old, value);
			return [field.key, value !== undefined && old?.kind === field.kind && field.kind !== 'choice' ? value : valueOf(field, current)];
		}),
	),
});

function valueOf(field: FormField, preset: Json | undefined): FieldValue {
	const wanted = preset ?? field.default;
	switch (field.kind) {
		case 'boolean': {
			return {kind: 'flag', isOn: wanted === true || wanted === 'true', isSet: wanted !== undefined};
		}

		case 'choice': {
			const chosen = field.options.findIndex(
				({value}) => value !== undefined && wanted !== undefined && jsonText(value) === jsonText(wanted),
			);
			const usable = field.options.findIndex(({unavailable}) => unavailable === undefined);
			return {kind: 'choice', index: Math.max(0, chosen === -1 ? usable : chosen)};
		}

		case 'pairs': {
			const pairs = typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted) ? Object.entries(wanted) : [];
			return {kind: 'rows', rows: [...pairs.map(([key, value]) => createTextField(`${key}=${jsonText(value)}`)), createTextField()]};
		}

		case 'list': {
			const items = Array.isArray(wanted) ? (wanted as readonly Json[]) : [];
			return {kind: 'rows', rows: [...items.map(item => createTextField(jsonText(item))), createTextField()]};
		}

		default: {
			const text = wanted === undefined || wanted === null ? '' : jsonText(wanted);
			return {kind: 'text', field: preset === undefined ? suggestTextField(text) : createTextField(text)};
		}
	}
}

/** What the field says as JSON; undefined leaves it out. */
export function jsonOf(field: FormField, value: FieldValue): Json | undefined {
	switch (value.kind) {
		case 'flag': {
			return value.isSet ? value.isOn : undefined;
		}

		case 'choice': {
			return field.options[value.index]?.value;
		}

		case 'rows': {
			const lines = value.rows.map(({value}) => value.trim()).filter(line => line !== '');
			if (lines.length === 0) {
				return undefined;
			}

			return field.kind === 'list' ? lines : Object.fromEntries(lines.map(line => pairOf(line)));
		}

		case 'text': {
			const text = field.kind === 'number' ? value.field.value.trim() : value.field.value;
			// What is no number stays a text, so that the schema's own message says so.
			return text === '' ? undefined : field.kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
		}
	}
}

/** All values of a form that are not left out; a default that nobody changed goes without saying. */
export const formJson = (fields: readonly FormField[], form: FormState): Readonly<Record<string, Json>> =>
	Object.fromEntries(
		fields.flatMap(field => {
			const value = form.values[field.key];
			const json = value === undefined ? undefined : jsonOf(field, value);
			return json === undefined || isDefault(field, json) ? [] : [[field.key, json] as const];
		}),
	);

const isDefault = ({default: usual, isRequired}: FormField, json: Json): boolean =>
	!isRequired && usual !== undefined && jsonText(usual) === jsonText(json);

function pairOf(line: string): readonly [string, string] {
	const at = line.indexOf('=');
	return at === -1 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1)];
}
