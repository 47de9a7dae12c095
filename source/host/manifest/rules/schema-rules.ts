import {type Manifest} from '../../../core/manifest.ts';
import {type JsonSchema} from '../../../core/schema/json.ts';
import {type Validate} from '../../../core/schema/validate.ts';
import {type ManifestProblem} from '../problem.ts';

type Inner = {readonly pointer: string; readonly schema: JsonSchema};

/** Every schema a manifest has inside: of its options, its deploy forms and the sections of its templates. */
export const innerSchemas = ({config, contributes: {resourceTypes = [], templateTypes = []} = {}}: Manifest): readonly Inner[] => [
	...(config === undefined ? [] : [{pointer: '/config', schema: config}]),
	...resourceTypes.flatMap(({form}, at) => (form === undefined ? [] : [{pointer: `/contributes/resourceTypes/${at}/form`, schema: form}])),
	...templateTypes.flatMap(({schema, keys = {}}, at) => [
		{pointer: `/contributes/templateTypes/${at}/schema`, schema},
		...Object.entries(keys).map(([key, inner]) => ({pointer: `/contributes/templateTypes/${at}/keys/${key}`, schema: inner})),
	]),
];

/** Whether it is a schema at all, and whether its own defaults fit it. */
export function schemaProblems({pointer, schema}: Inner, validate: Validate): readonly ManifestProblem[] {
	try {
		validate(schema, {});
	} catch (error) {
		const {message} = error as Error;
		return [{pointer, message: `is not a JSON Schema: ${message}`, fix: 'Write it as JSON Schema 2020-12 has it.'}];
	}

	return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
		const [wrong] = property.default === undefined ? [] : validate(property, property.default);
		return wrong === undefined
			? []
			: [
					{
						pointer: `${pointer}/properties/${name}/default`,
						message: `does not fit its own schema: ${wrong.field === '' ? 'it' : `\`${wrong.field}\``} ${wrong.message}`,
						fix: 'Change the default, or what the field takes.',
					},
				];
	});
}
