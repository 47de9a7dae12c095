/** Strict reading of answers: each gives undefined for what is not of the kind asked for. */

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const at = (value: unknown, ...path: readonly string[]): unknown =>
	path.reduce<unknown>((part, key) => (isRecord(part) && Object.hasOwn(part, key) ? part[key] : undefined), value);

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
	const text = at(value, ...path);
	return typeof text === 'string' && text !== '' ? text : undefined;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
	const number = at(value, ...path);
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
	const list = at(value, ...path);
	return Array.isArray(list) ? list : [];
}

/** The entries whose values are texts; names that could reach a prototype are left out. */
export function textsAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, string>> {
	const record = at(value, ...path);
	return isRecord(record)
		? Object.fromEntries(
				Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !forbidden.has(entry[0])),
			)
		: {};
}

const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Epoch milliseconds of an RFC 3339 time; the zero time of Go is none. */
export function timeAt(value: unknown, ...path: readonly string[]): number | undefined {
	const text = textAt(value, ...path);
	const at = text === undefined || text.startsWith('0001-') ? Number.NaN : Date.parse(text);
	return Number.isFinite(at) ? at : undefined;
}
