import {type JsonSchema} from '../../core/schema/json.ts';
import {resourceOperations} from '../../core/resource.ts';

const text = {type: 'string', maxLength: 4096} as const;
const texts = {type: 'array', items: text} as const;

/** The whole of `plugin.json` as far as this cws knows it. Unknown fields are left to newer versions. */
export const manifestSchema: JsonSchema = {
	type: 'object',
	required: ['id', 'version', 'title', 'kind', 'api', 'main'],
	properties: {
		id: text,
		version: text,
		title: text,
		description: text,
		author: text,
		license: text,
		kind: {type: 'string', enum: ['provider', 'auth', 'system', 'theme']},
		engines: {type: 'object', properties: {cws: text}},
		api: {type: 'integer'},
		main: text,
		activation: {type: 'array', items: {type: 'string', pattern: String.raw`^on[A-Z]\w*(:.+)?$`}},
		limits: {
			type: 'object',
			properties: {
				memoryMb: {type: 'number', minimum: 16},
				callMs: {type: 'number', minimum: 100},
				nice: {type: 'integer', minimum: 0, maximum: 19},
			},
		},
		config: {type: 'object'},
		isHidden: {type: 'boolean'},
		contributes: {
			type: 'object',
			properties: {
				resourceTypes: {
					type: 'array',
					items: {
						type: 'object',
						required: ['type', 'operations'],
						properties: {
							type: {type: 'string', pattern: String.raw`^[a-zA-Z][\w-]*$`},
							title: text,
							plural: text,
							provider: text,
							operations: {type: 'array', items: {type: 'string', enum: resourceOperations}},
							form: {type: 'object'},
							regions: texts,
							sizes: {
								type: 'array',
								items: {
									type: 'object',
									required: ['name'],
									properties: {name: text, title: text, cpus: {type: 'number'}, memoryMb: {type: 'number'}},
								},
							},
							pollSeconds: {type: 'number', minimum: 1},
							convergeSeconds: {type: 'number', minimum: 1},
						},
					},
				},
			},
		},
	},
};
