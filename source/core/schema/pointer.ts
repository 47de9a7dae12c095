/** The parts of a JSON Pointer, unescaped. */
export const pointerParts = (pointer: string): readonly string[] =>
	pointer
		.split('/')
		.slice(1)
		.map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** What stands at such a place; undefined where nothing does. Own properties only. */
export const valueAt = (value: unknown, parts: readonly string[]): unknown =>
	parts.reduce<unknown>(
		(at, part) => (typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? at[part as keyof typeof at] : undefined),
		value,
	);
