import {failure, type Failure} from '../../core/failure/failure.ts';
import {type Template, type TemplateParameter} from '../../core/template.ts';
import {nearest} from '../../core/text/nearest.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';

export type ParameterValue = string | number | boolean;

const place = /\{\{\s*([A-Za-z_][\w-]*)\s*\}\}/g;

/** Whether the value at a path has a place for a parameter in it. */
export function hasPlaceAt(template: unknown, path: readonly string[]): boolean {
	const value = path.reduce<unknown>(
		(at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined),
		template,
	);
	return typeof value === 'string' && value.search(place) !== -1;
}

/** What is wrong with the parameters as they are declared: limits that contradict each other, a default nobody could give. */
export function parameterProblems(name: string, parameter: TemplateParameter): readonly string[] {
	const {type, choices, pattern, min, max, default: standard} = parameter;
	const problems = [
		...(type === 'choice' && (choices === undefined || choices.length === 0) ? ['is a choice and has no `choices`'] : []),
		...(type !== 'choice' && choices !== undefined ? ['has `choices` and is no choice'] : []),
		...(pattern !== undefined && compile(pattern) === undefined ? ['has a `pattern` that is no regular expression'] : []),
		...(min !== undefined && max !== undefined && min > max ? ['has a `min` above its `max`'] : []),
	];
	if (problems.length > 0 || standard === undefined) {
		return problems;
	}

	const read = readParameter(name, parameter, standard);
	return read.ok ? [] : [`has a default that does not fit: ${read.error.message.replace(/\.$/, '')}`];
}

/** Values for all parameters, from what a person gave and the defaults. */
export function readParameters(
	template: Template,
	given: Readonly<Record<string, string>>,
): Outcome<Readonly<Record<string, ParameterValue>>> {
	const declared = template.parameters ?? {};
	const unknown = Object.keys(given).find(name => !Object.hasOwn(declared, name));
	if (unknown !== undefined) {
		const names = Object.keys(declared);
		const meant = nearest(unknown, names);
		return failed(
			problem(
				unknown,
				'is no parameter of the template',
				meant === undefined ? (names.length === 0 ? 'it has none' : `one of ${names.join(', ')}`) : `did you mean \`${meant}\`?`,
			),
		);
	}

	const values: Record<string, ParameterValue> = {};
	for (const [name, parameter] of Object.entries(declared)) {
		const value = given[name] ?? parameter.default;
		if (value === undefined) {
			if (parameter.required === true) {
				return failed(problem(name, 'is needed', `add \`--param ${name}=…\`${parameter.description ? `: ${parameter.description}` : ''}`));
			}

			continue;
		}

		const read = readParameter(name, parameter, value);
		if (!read.ok) {
			return read;
		}

		values[name] = read.value;
	}

	return ok(values);
}

function readParameter(
	name: string,
	{type, choices = [], min, max, pattern}: TemplateParameter,
	value: ParameterValue,
): Outcome<ParameterValue> {
	const no = (expected: string) => failed(problem(name, `must be ${expected}, not \`${String(value)}\``));
	switch (type) {
		case 'int': {
			const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
			return !Number.isSafeInteger(number) || typeof value === 'boolean'
				? no('a whole number')
				: (min !== undefined && number < min) || (max !== undefined && number > max)
					? no(range(min, max))
					: ok(number);
		}

		case 'bool': {
			const word = String(value).toLowerCase();
			return word === 'true' || word === 'yes' ? ok(true) : word === 'false' || word === 'no' ? ok(false) : no('true or false');
		}

		case 'choice': {
			return choices.includes(String(value)) ? ok(String(value)) : no(`one of ${choices.join(', ')}`);
		}

		case 'string': {
			const text = String(value);
			return (min !== undefined && text.length < min) || (max !== undefined && text.length > max)
				? no(`a text of ${range(min, max)} characters`)
				: pattern !== undefined && compile(pattern)?.test(text) !== true
					? no(`a text that fits \`${pattern}\``)
					: ok(text);
		}
	}
}

const range = (min: number | undefined, max: number | undefined): string =>
	min === undefined ? `at most ${max}` : max === undefined ? `at least ${min}` : `${min} to ${max}`;

const problem = (name: string, what: string, fix?: string): Failure =>
	failure('CWS_INVALID_INPUT', {message: `The parameter \`${name}\` ${what}.`, ...(fix !== undefined && {fix}), details: {field: name}});

function compile(pattern: string): RegExp | undefined {
	try {
		return new RegExp(`^(?:${pattern})$`, 'u');
	} catch {
		return undefined;
	}
}

/** Puts values where `{{name}}` stands; what stands alone keeps the type of its value. Braces that name no parameter stay as they are. */
export function fillIn<Value>(value: Value, values: Readonly<Record<string, ParameterValue>>, declared: ReadonlySet<string>): Value {
	if (typeof value === 'string') {
		const whole = /^\{\{\s*([A-Za-z_][\w-]*)\s*\}\}$/.exec(value)?.[1];
		return (
			whole !== undefined && declared.has(whole)
				? values[whole]
				: value.replaceAll(place, (text, name: string) => (declared.has(name) ? String(values[name] ?? '') : text))
		) as Value;
	}

	if (Array.isArray(value)) {
		return value.map((item: unknown) => fillIn(item, values, declared)).filter(item => item !== undefined) as Value;
	}

	return typeof value === 'object' && value !== null
		? (Object.fromEntries(
				Object.entries(value)
					.map(([key, item]: [string, unknown]) => [key, fillIn(item, values, declared)])
					.filter(([, item]) => item !== undefined),
			) as Value)
		: value;
}
