import {wrongArgument} from './refusals.ts';

/** Arguments of a plugin are any JSON. These read one, or say which is wrong. */
export function readText(value: unknown, name: string, maxLength: number): string {
	if (typeof value !== 'string') {
		throw wrongArgument(`\`${name}\` must be text.`);
	}

	if (value.length > maxLength) {
		throw wrongArgument(`\`${name}\` must have at most ${maxLength} characters.`);
	}

	return value;
}

export function readRecord(value: unknown, name: string): Readonly<Record<string, unknown>> {
	if (value === undefined || value === null) {
		return {};
	}

	if (typeof value !== 'object' || Array.isArray(value)) {
		throw wrongArgument(`\`${name}\` must be an object.`);
	}

	return value as Readonly<Record<string, unknown>>;
}

/** Text as UTF-8, or `{base64}`. */
export function readBytes(value: unknown, name: string, maxBytes: number): Uint8Array {
	const base64 =
		typeof value === 'object' && value !== null && Object.hasOwn(value, 'base64') ? (value as {base64: unknown}).base64 : undefined;
	if (typeof value !== 'string' && typeof base64 !== 'string') {
		throw wrongArgument(`\`${name}\` must be text, or bytes as {base64}.`);
	}

	const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : Buffer.from(base64 as string, 'base64');
	if (bytes.byteLength > maxBytes) {
		throw wrongArgument(`\`${name}\` must have at most ${maxBytes} bytes.`);
	}

	return bytes;
}
