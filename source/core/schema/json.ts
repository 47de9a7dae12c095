export type Json = string | number | boolean | null | readonly Json[] | {readonly [key: string]: Json};

/** The subset of JSON Schema 2020-12 that forms and settings are made of; ajv checks all of it. */
export type JsonSchema = {
	readonly type?: 'object' | 'string' | 'number' | 'integer' | 'boolean' | 'array';
	readonly title?: string;
	readonly description?: string;
	readonly default?: Json;
	readonly enum?: readonly Json[];
	readonly const?: Json;
	readonly examples?: readonly Json[];
	readonly pattern?: string;
	readonly format?: string;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly items?: JsonSchema;
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly required?: readonly string[];
	readonly additionalProperties?: boolean | JsonSchema;
	readonly anyOf?: readonly JsonSchema[];
	readonly oneOf?: readonly JsonSchema[];
	/** What a `pattern` asks for, in words: `three capital letters`. */
	readonly 'x-expected'?: string;
	/** In a section of a template: the deploy field that gets the value. */
	readonly 'x-field'?: string;
	/** Form hint: shown only behind `more`. */
	readonly 'x-advanced'?: boolean;
	/** Form hint: the order of fields. */
	readonly 'x-order'?: readonly string[];
};
