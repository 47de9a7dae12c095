import {type DeploySpec, providerError} from 'cws/sdk';

export type Fields = DeploySpec['fields'];

export const invalid = (field: string, message: string, fix: string): Error =>
	providerError('CWS_INVALID_INPUT', {message, fix, details: {field}});

/** A text field; undefined when it is absent or empty. */
export function text(fields: Fields, name: string): string | undefined {
	const value = fields[name];
	if (value === undefined || value === null || value === '') {
		return undefined;
	}

	if (typeof value !== 'string' || value.includes('\0')) {
		throw invalid(name, `\`${name}\` is not a text.`, `give \`${name}\` as text`);
	}

	return value;
}

export function number(
	fields: Fields,
	name: string,
	{minimum, maximum, isWhole}: {readonly minimum: number; readonly maximum: number; readonly isWhole: boolean},
): number | undefined {
	const value = fields[name];
	if (value === undefined || value === null) {
		return undefined;
	}

	if (typeof value !== 'number' || !(value >= minimum && value <= maximum) || (isWhole && !Number.isInteger(value))) {
		throw invalid(name, `\`${name}\` is not a ${isWhole ? 'whole ' : ''}number from ${minimum} to ${maximum}.`, `change \`${name}\``);
	}

	return value;
}

export function oneOf<Value extends string>(fields: Fields, name: string, values: readonly Value[]): Value | undefined {
	const value = text(fields, name);
	const chosen = values.find(one => one === value);
	if (value !== undefined && chosen === undefined) {
		throw invalid(name, `\`${value}\` is not a value of \`${name}\`.`, `use one of ${values.join(', ')}`);
	}

	return chosen;
}

/** A list of texts, or one text where there is only one. */
export function texts(fields: Fields, name: string): readonly string[] {
	const value = fields[name];
	const list = value === undefined || value === null ? [] : typeof value === 'string' ? [value] : value;
	if (!Array.isArray(list) || list.some(item => typeof item !== 'string' || item.includes('\0'))) {
		throw invalid(name, `\`${name}\` is not a list of texts.`, `give one ${name.replace(/s$/, '')} a line`);
	}

	return (list as readonly string[]).map(item => item.trim()).filter(item => item !== '');
}

/** Pairs of texts whose keys fit a pattern. */
export function pairs(fields: Fields, name: string, key: RegExp): Readonly<Record<string, string>> {
	const value = fields[name] ?? {};
	if (typeof value !== 'object' || Array.isArray(value)) {
		throw invalid(name, `\`${name}\` is not a set of NAME=value pairs.`, 'write it as NAME=value, one a line');
	}

	const bad = Object.entries(value).find(([name, value]) => !key.test(name) || typeof value !== 'string' || value.includes('\0'));
	if (bad !== undefined) {
		throw invalid(name, `\`${bad[0]}\` of \`${name}\` is not a pair of a name and a text.`, 'write it as NAME=value, one a line');
	}

	return value as Readonly<Record<string, string>>;
}
