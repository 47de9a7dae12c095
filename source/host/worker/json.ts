/** Undefined for what has no JSON: a cycle, a bigint, a throwing getter. */
export function jsonOrUndefined(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch {
		return undefined;
	}
}
