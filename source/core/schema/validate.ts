import {type JsonSchema} from './json.ts';

export type SchemaProblem = {
	/** The field's path, dotted: `port`, `env.PATH`; empty for the whole value. */
	readonly field: string;
	/** What a person reads beside the field: `must be at most 65535`. */
	readonly message: string;
};

export type Validate = (schema: JsonSchema, value: unknown) => readonly SchemaProblem[];

/** Loads ajv, which is too slow to start before the first frame, and keeps every compiled schema. */
export async function loadValidator(): Promise<Validate> {
	// The default, because a bundled CommonJS module has no other export.
	const {default: Ajv2020} = (await import('ajv/dist/2020.js')).default;
	// Checking schemas against the schema of schemas would double the time the first frame's keys wait; a wrong one still throws.
	const ajv = new Ajv2020({validateSchema: false, allErrors: true, strict: false, validateFormats: false});
	return (schema, value) => {
		const validate = ajv.compile(schema);
		return validate(value)
			? []
			: (validate.errors ?? []).map(({instancePath, keyword, params, message}) => {
					const parent = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
					const own: unknown =
						keyword === 'required' ? params.missingProperty : keyword === 'additionalProperties' ? params.additionalProperty : undefined;
					return {
						field: typeof own === 'string' ? [parent, own].filter(Boolean).join('.') : parent,
						message: messageOf(keyword, params, message),
					};
				});
	};
}

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
