/**
Whether two values of JSON say the same. A property that is undefined counts as one that is not there; `except` names one of the
outermost that does not matter.
*/
export function isSameJson(a: unknown, b: unknown, except?: string): boolean {
	if (a === b) {
		return true;
	}

	if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) {
		return false;
	}

	const one = a as Properties;
	const other = b as Properties;
	for (const key in other) {
		if (key !== except && !isSameJson(one[key], other[key])) {
			return false;
		}
	}

	for (const key in one) {
		if (other[key] === undefined && one[key] !== undefined) {
			return false;
		}
	}

	return true;
}

type Properties = Readonly<Record<string, unknown>>;
