import {parseFieldValue} from './field-value.ts';
import {type JsonSchema} from './json.ts';

type Options = Readonly<Record<string, unknown>>;

/**
Options of a plugin as its schema means them: `RATE_PER_HOUR` and `rate-per-hour` are its `ratePerHour`, and a text, as variables and
flags have nothing else, is read as the type of its field. What does not fit stays as it is, for the validation to name.
*/
export function coerceOptions(schema: JsonSchema | undefined, options: Options): Options {
	const {properties} = schema ?? {};
	if (properties === undefined) {
		return mapValues(options, value =>
			typeof value === 'string' && schema?.additionalProperties === undefined ? readLoose(value) : value,
		);
	}

	const known = new Map(Object.keys(properties).map(name => [fold(name), name]));
	const entries = Object.entries(options).map(([name, value]) => {
		const exact = Object.hasOwn(properties, name) ? name : (known.get(fold(name)) ?? name);
		return {
			name: exact,
			isExact: exact === name,
			value: Object.hasOwn(properties, exact) ? coerce(exact, properties[exact]!, value) : value,
		};
	});
	// The exact spelling of a name wins over another one of the same.
	const ordered = [...entries.filter(({isExact}) => !isExact), ...entries.filter(({isExact}) => isExact)];
	return Object.fromEntries(ordered.map(({name, value}) => [name, value]));
}

function coerce(name: string, schema: JsonSchema, value: unknown): unknown {
	if (typeof value === 'string' && schema.type !== 'string') {
		const read = schema.type === undefined ? undefined : parseFieldValue(name, schema, value);
		return read === undefined ? looseUnlessListed(schema, value) : read.ok ? read.value : value;
	}

	return typeof value === 'object' && value !== null && !Array.isArray(value) ? coerceOptions(schema, value as Options) : value;
}

const looseUnlessListed = (schema: JsonSchema, value: string): unknown => (schema.enum?.includes(value) ? value : readLoose(value));

/** JSON where it is some, else the text itself. */
function readLoose(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

const mapValues = (options: Options, change: (value: unknown) => unknown): Options =>
	Object.fromEntries(Object.entries(options).map(([name, value]) => [name, change(value)]));

const fold = (name: string): string => name.replaceAll(/[_-]/g, '').toLowerCase();
