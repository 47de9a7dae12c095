import {type DeploySpec, providerError} from 'cws/sdk';

export type Fields = DeploySpec['fields'];

export const invalid = (field: string, message: string, fix: string): Error =>
	providerError('CWS_INVALID_INPUT', {message, fix, details: {field}});

/** A text field; undefined when it is absent or empty. Numbers are taken as they are written. */
export function text(fields: Fields, name: string): string | undefined {
	const value = fields[name];
	if (value === undefined || value === null || value === '') {
		return undefined;
	}

	if (typeof value === 'number' && Number.isFinite(value)) {
		return String(value);
	}

	if (typeof value !== 'string' || value.includes('\0')) {
		throw invalid(name, `\`${name}\` is not a text.`, `give \`${name}\` as text`);
	}

	return value;
}

/** A text of one line and a shape. */
export function shaped(fields: Fields, name: string, pattern: RegExp, example: string): string | undefined {
	const value = text(fields, name)?.trim();
	if (value !== undefined && !pattern.test(value)) {
		throw invalid(name, `\`${value.slice(0, 80)}\` is not a value of \`${name}\`.`, `write it as ${example}`);
	}

	return value;
}

export function whole(fields: Fields, name: string, maximum: number): number | undefined {
	const value = fields[name];
	if (value === undefined || value === null || value === '') {
		return undefined;
	}

	if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > maximum) {
		throw invalid(name, `\`${name}\` is not a whole number from 1 to ${maximum}.`, `change \`${name}\``);
	}

	return value;
}
