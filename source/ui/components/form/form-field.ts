import {type Json, type JsonSchema} from '../../../core/schema/json.ts';
import {type Choice} from '../../../core/plugin.ts';

export type FieldOption = {
	/** Absent leaves the field out. */
	readonly value?: Json;
	readonly label: string;
	readonly detail?: string;
	/** A second column at the right of the details, for example a price. */
	readonly aside?: string;
	/** Why it cannot be chosen now. */
	readonly unavailable?: string;
};

/** A field of a form, whatever it came from. */
export type FormField = {
	readonly key: string;
	readonly label: string;
	readonly help?: string;
	/** `pairs` are KEY=value lines, `list` are plain lines. */
	readonly kind: 'text' | 'number' | 'boolean' | 'choice' | 'pairs' | 'list';
	readonly options: readonly FieldOption[];
	readonly isRequired: boolean;
	readonly isAdvanced: boolean;
	readonly default?: Json;
	readonly placeholder?: string;
	/** Behind the value, for example where it comes from. */
	readonly note?: string;
};

/** A scalar as it is, the rest as JSON. */
export const jsonText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The fields a type's JSON Schema asks for, in the order it wants. */
export function schemaFields(schema: JsonSchema | undefined, choices: Readonly<Record<string, readonly Choice[]>>): readonly FormField[] {
	const properties = Object.entries(schema?.properties ?? {});
	const order = schema?.['x-order'] ?? [];
	const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
	return properties
		.toSorted(([a], [b]) => place(a) - place(b))
		.map(([key, property]) => schemaField(key, property, schema?.required?.includes(key) ?? false, choices[key]));
}

function schemaField(key: string, schema: JsonSchema, isRequired: boolean, choices: readonly Choice[] | undefined): FormField {
	const options = optionsOf(schema, choices);
	const example = schema.examples?.[0];
	return {
		key,
		label: schema.title ?? key,
		...(schema.description === undefined ? {} : {help: schema.description}),
		kind: options.length > 0 ? 'choice' : kindOf(schema),
		options: options.length > 0 && !isRequired && schema.default === undefined ? [{label: '—'}, ...options] : options,
		isRequired,
		isAdvanced: schema['x-advanced'] === true && !isRequired,
		...(schema.default === undefined ? {} : {default: schema.default}),
		...(example === undefined || example === null || typeof example === 'object' ? {} : {placeholder: String(example)}),
	};
}

// What the plugin knows at run time beats the schema: it says what is unavailable here and why.
function optionsOf(schema: JsonSchema, choices: readonly Choice[] | undefined): readonly FieldOption[] {
	if (choices !== undefined && choices.length > 0) {
		return choices.map(({value, title, description, unavailable}) => ({
			value,
			label: title ?? value,
			...(description === undefined ? {} : {detail: description}),
			...(unavailable === undefined ? {} : {unavailable}),
		}));
	}

	return (schema.enum ?? []).map(value => ({value, label: jsonText(value)}));
}

function kindOf({type}: JsonSchema): FormField['kind'] {
	switch (type) {
		case 'number':
		case 'integer': {
			return 'number';
		}

		case 'boolean': {
			return 'boolean';
		}

		case 'object': {
			return 'pairs';
		}

		case 'array': {
			return 'list';
		}

		default: {
			return 'text';
		}
	}
}
