import {pointerParts} from './pointer.ts';
import {nearest} from '../text/nearest.ts';
import {type JsonSchema} from './json.ts';

export type SchemaProblem = {
	/** The field's path, dotted: `port`, `env.PATH`; empty for the whole value. */
	readonly field: string;
	/** The same as a JSON Pointer: `/env/PATH`; absent where no schema found it. */
	readonly pointer?: string;
	/** What a person reads beside the field: `must be at most 65535`. */
	readonly message: string;
	/** For an unknown field, the known one it was probably meant to be. */
	readonly nearest?: string;
};

export type Validate = (schema: JsonSchema, value: unknown) => readonly SchemaProblem[];

/** Loads ajv, which is too slow to start before the first frame, and keeps every compiled schema. */
export async function loadValidator(): Promise<Validate> {
	// The default, because a bundled CommonJS module has no other export.
	const {default: Ajv2020} = (await import('ajv/dist/2020.js')).default;
	// Checking schemas against the schema of schemas would double the time the first frame's keys wait; a wrong one still throws.
	const ajv = new Ajv2020({validateSchema: false, allErrors: true, verbose: true, strict: false, validateFormats: false});
	return (schema, value) => {
		const validate = ajv.compile(schema);
		return validate(value)
			? []
			: (validate.errors ?? []).map(({instancePath, keyword, params, message, parentSchema}) => {
					const own: unknown =
						keyword === 'required' ? params.missingProperty : keyword === 'additionalProperties' ? params.additionalProperty : undefined;
					const pointer = typeof own === 'string' ? `${instancePath}/${escapePart(own)}` : instancePath;
					const meant =
						keyword === 'additionalProperties' && typeof own === 'string'
							? nearest(own, Object.keys(parentSchema?.['properties'] ?? {}))
							: undefined;
					return {
						field: pointerParts(pointer).join('.'),
						pointer,
						message: keyword === 'pattern' ? expectation(parentSchema, message) : messageOf(keyword, params, message),
						...(meant !== undefined && {nearest: meant}),
					};
				});
	};
}

const escapePart = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

// A pattern says nothing to a person; a schema may say in words what it asks for.
const expectation = (schema: unknown, message = 'is not valid'): string => {
	const expected = (schema as JsonSchema | undefined)?.['x-expected'];
	return expected === undefined ? message : `must be ${expected}`;
};

function messageOf(keyword: string, params: Readonly<Record<string, unknown>>, message = 'is not valid'): string {
	switch (keyword) {
		case 'required': {
			return 'is required';
		}

		case 'additionalProperties': {
			return 'is not a known field';
		}

		case 'enum': {
			return `must be one of ${(params.allowedValues as readonly unknown[]).join(', ')}`;
		}

		case 'type': {
			return `must be ${[params.type].flat().map(String).join(' or ')}`;
		}

		case 'minItems': {
			return params.limit === 1 ? 'must not be empty' : `must have at least ${String(params.limit)} entries`;
		}

		case 'maxItems': {
			return `must have at most ${String(params.limit)} entries`;
		}

		case 'uniqueItems': {
			return 'must not have the same entry twice';
		}

		case 'minLength': {
			return params.limit === 1 ? 'must not be empty' : `must have at least ${String(params.limit)} characters`;
		}

		case 'maxLength': {
			return `must have at most ${String(params.limit)} characters`;
		}

		case 'minimum': {
			return `must be at least ${String(params.limit)}`;
		}

		case 'maximum': {
			return `must be at most ${String(params.limit)}`;
		}

		default: {
			return message;
		}
	}
}
