import {failure} from '../../core/failure/failure.ts';
import {type JsonSchema} from '../../core/schema/json.ts';
import {isSameJson} from '../../core/schema/same-json.ts';
import {coerceOptions} from '../../core/schema/plugin-options.ts';
import {missingSecret} from '../../core/ports/secrets.ts';
import {isSecretField} from '../../core/secret-reference.ts';
import {type Manifest} from '../../core/manifest.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Validate} from '../../core/schema/validate.ts';

type Config = Readonly<Record<string, unknown>>;

/** The options of a plugin with the defaults of its schema, or what is wrong with them. */
export function pluginConfig(manifest: Manifest, options: Config | undefined, validate: Validate): Outcome<Config> {
	const schema = manifest.config ?? {};
	const config = withDefaults(schema, coerceOptions(schema, options ?? {})) as Config;
	const [problem] = validate(schema, config);
	if (problem === undefined) {
		return ok(config);
	}

	const secret = schema.properties?.[problem.field];
	if (isSecretField(secret) && config[problem.field] === undefined) {
		return failed(missingSecret({plugin: manifest.id, name: problem.field, ...(secret?.title !== undefined && {title: secret.title})}));
	}

	const key = ['plugins', manifest.id, problem.field].filter(part => part !== '').join('.');
	return failed(
		failure('CWS_CONFIG', {
			message: `\`${key}\` ${problem.message}.`,
			fix: `Set it with \`cws config set ${key} VALUE\`, then reload the plugin.`,
			details: {key, field: problem.field},
		}),
	);
}

/** What a plugin gets of which nobody set anything. */
export const defaultsOf = ({config = {}}: Manifest): Config => withDefaults(config, {}) as Config;

/** Whether the options are none, or what the schema has as their default anyway: with those, there is nothing to check. */
export const saysNothing = ({config}: Manifest, options: Config = {}): boolean =>
	config?.required === undefined && Object.entries(options).every(([key, value]) => isSameJson(value, config?.properties?.[key]?.default));

function withDefaults(schema: JsonSchema, value: unknown): unknown {
	if (value === undefined) {
		return schema.default;
	}

	if (schema.properties === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
		return value;
	}

	const given = value as Config;
	const filled = Object.entries(schema.properties)
		.map(([key, property]) => [key, withDefaults(property, Object.hasOwn(given, key) ? given[key] : undefined)] as const)
		.filter(([, item]) => item !== undefined);
	return {...given, ...Object.fromEntries(filled)};
}
