import {type JsonSchema} from '../../../core/schema/json.ts';

/** JSON Schema with the few keywords that forms do not need. */
export type Schema = Omit<JsonSchema, 'type' | 'items' | 'properties' | 'additionalProperties' | 'anyOf'> & {
	readonly $schema?: string;
	readonly $id?: string;
	readonly type?: JsonSchema['type'] | readonly JsonSchema['type'][];
	readonly items?: Schema;
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly patternProperties?: Readonly<Record<string, Schema>>;
	readonly propertyNames?: Schema;
	readonly additionalProperties?: boolean | Schema;
	readonly anyOf?: readonly Schema[];
	readonly minItems?: number;
	readonly maxItems?: number;
	readonly uniqueItems?: boolean;
	readonly maxProperties?: number;
};

type Fields = Readonly<Record<string, Schema>>;

/** An object with these fields and no others. */
export const object = (properties: Fields, required: readonly string[] = [], more: Schema = {}): Schema => ({
	type: 'object',
	additionalProperties: false,
	...(required.length > 0 && {required}),
	...more,
	properties,
});

export const list = (items: Schema, more: Schema = {}): Schema => ({type: 'array', maxItems: 256, items, ...more});

export const text = (description?: string, maxLength = 200): Schema => ({
	type: 'string',
	minLength: 1,
	maxLength,
	...(description !== undefined && {description}),
});

export const paragraph = (description: string): Schema => text(description, 4096);

/** A text of a shape, with the words for it. */
export const matching = (pattern: RegExp, expected: string, description?: string): Schema => ({
	type: 'string',
	maxLength: 200,
	pattern: pattern.source,
	'x-expected': expected,
	...(description !== undefined && {description}),
});

export const choice = (values: readonly string[], description?: string): Schema => ({
	type: 'string',
	enum: values,
	...(description !== undefined && {description}),
});

export const whole = (minimum: number, maximum: number, description?: string): Schema => ({
	type: 'integer',
	minimum,
	maximum,
	...(description !== undefined && {description}),
});

export const seconds = (description: string): Schema => ({type: 'number', minimum: 1, maximum: 31_536_000, description});

export const flag = (description?: string): Schema => ({type: 'boolean', ...(description !== undefined && {description})});

export const reason = text('Why the plugin needs it; the person reads it when asked', 400);

export const handler = matching(
	/^[A-Za-z]\w*$/,
	'the name of a handler, for example `report`',
	'Key of the record of the same name in the code',
);

/** A schema inside the manifest; what it says is checked apart. */
export const innerSchema = (description: string): Schema => ({type: 'object', description});

export const dashed = /^[a-z][a-z\d]*(-[a-z\d]+)*$/;
export const camel = /^[a-z][A-Za-z\d]*$/;
export const dottedOrAll = /^(\*|[a-z][\w-]*(\.[a-z][\w-]*)*(\.\*)?)$/;
