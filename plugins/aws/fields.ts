import {type DeploySpec, providerError} from 'cws/sdk';

type Fields = DeploySpec['fields'];

export const invalid = (field: string, message: string, fix: string): Error =>
	providerError('CWS_INVALID_INPUT', {message, fix, details: {field}});

/** A text field; undefined when it is absent or empty. */
export function text(fields: Fields, name: string, pattern?: RegExp): string | undefined {
	const value = fields[name];
	if (value === undefined || value === null || value === '') {
		return undefined;
	}

	if (typeof value !== 'string' || value.includes('\0') || pattern?.test(value) === false) {
		throw invalid(name, `\`${name}\` is not a value it can have.`, `change \`${name}\``);
	}

	return value;
}

export function wholeNumber(fields: Fields, name: string, minimum: number, maximum: number): number | undefined {
	const value = fields[name];
	if (value === undefined || value === null) {
		return undefined;
	}

	if (typeof value !== 'number' || !Number.isInteger(value) || value < minimum || value > maximum) {
		throw invalid(name, `\`${name}\` is not a whole number from ${minimum} to ${maximum}.`, `change \`${name}\``);
	}

	return value;
}

export function flag(fields: Fields, name: string): boolean {
	const value = fields[name] ?? false;
	if (typeof value !== 'boolean') {
		throw invalid(name, `\`${name}\` is neither yes nor no.`, `give \`${name}\` as true or false`);
	}

	return value;
}

export function texts(fields: Fields, name: string, pattern: RegExp): readonly string[] {
	const value = fields[name] ?? [];
	const list: unknown = typeof value === 'string' ? [value] : value;
	if (!Array.isArray(list) || list.some(item => typeof item !== 'string' || !pattern.test(item))) {
		throw invalid(name, `\`${name}\` is not a list of what it can have.`, `change \`${name}\``);
	}

	return list as readonly string[];
}

export function oneOf<Value extends string>(fields: Fields, name: string, values: readonly Value[], otherwise: Value): Value {
	const value = text(fields, name) ?? otherwise;
	const chosen = values.find(one => one === value);
	if (chosen === undefined) {
		throw invalid(name, `\`${value.slice(0, 100)}\` is not a value of \`${name}\`.`, `use one of ${values.join(', ')}`);
	}

	return chosen;
}
