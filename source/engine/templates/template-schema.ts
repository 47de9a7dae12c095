import {type JsonSchema} from '../../core/schema/json.ts';
import {type TemplateType} from '../contributions/named-types.ts';

const text: JsonSchema = {type: 'string', minLength: 1};

const parameter: JsonSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['type'],
	properties: {
		type: {enum: ['string', 'int', 'bool', 'choice']},
		title: text,
		description: {type: 'string'},
		default: {anyOf: [{type: 'string'}, {type: 'number'}, {type: 'boolean'}]},
		required: {type: 'boolean'},
		min: {type: 'number'},
		max: {type: 'number'},
		pattern: text,
		choices: {type: 'array', items: text, minLength: 1},
	},
};

/** Keys every template may have. */
const ownKeys: Readonly<Record<string, JsonSchema>> = {
	name: text,
	description: {type: 'string'},
	version: text,
	inherits: {anyOf: [text, {type: 'array', items: text}]},
	abstract: {type: 'boolean'},
	service_type: text,
	connection_type: {enum: ['ssh', 'web', 'dcv', 'api', 'exec', 'auto', 'all', 'none']},
	type: text,
	provider: text,
	account: text,
	region: text,
	size: text,
	complexity: {enum: ['simple', 'moderate', 'advanced', 'complex']},
	parameters: {type: 'object', additionalProperties: parameter},
	fields: {type: 'object'},
	tags: {type: 'object', additionalProperties: {type: 'string'}},
	cost: {
		type: 'object',
		additionalProperties: false,
		required: ['hourly'],
		properties: {
			hourly: {type: 'number', minimum: 0},
			currency: {type: 'string', pattern: '^[A-Z]{3}$', 'x-expected': 'a currency, for example USD'},
		},
	},
	idle: {
		type: 'object',
		additionalProperties: false,
		required: ['minutes', 'action'],
		properties: {minutes: {type: 'number', minimum: 1}, action: {enum: ['hibernate', 'stop', 'destroy', 'alert']}},
	},
};

/** The schema of a template where these template types are known. A part of it may come from what it inherits, so that nothing is needed yet. */
export function templateSchema(types: Iterable<TemplateType>, {isWhole}: {readonly isWhole: boolean}): JsonSchema {
	const sections = [...types].flatMap(({section, schema, keys = {}}) => [
		[section, isWhole ? schema : withoutRequired(schema)] as const,
		...Object.entries(keys),
	]);
	return {
		type: 'object',
		additionalProperties: false,
		required: isWhole ? ['name'] : [],
		properties: {...ownKeys, ...Object.fromEntries(sections)},
	};
}

const withoutRequired = (schema: JsonSchema): JsonSchema => ({...schema, required: []});
