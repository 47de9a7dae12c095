import {secretForms} from './secret-forms.ts';

/** What stands where a secret was. */
export const redacted = '[redacted]';

const special = /[$()*+.?[\\\]^{|}]/g;

export type Redactor = (text: string) => string;

/**
Makes a function that takes the given secrets out of a text, also where they are encoded (base64, base64url, URL, hex, JSON) or
stand as single lines of a key file. Values shorter than 4 characters are left: they would take ordinary words away.
Compressed, encrypted, reversed or piecewise written values are not found. One pass over the text, so that long logs are cheap.
*/
export function createRedactor(values: Iterable<string>): Redactor {
	const forms = new Set([...values].flatMap(value => secretForms(value)));
	if (forms.size === 0) {
		return text => text;
	}

	// The longest first, so that a secret that begins with another one is taken whole.
	const byLength = [...forms].toSorted((a, b) => b.length - a.length);
	const pattern = new RegExp(byLength.map(form => form.replaceAll(special, String.raw`\$&`)).join('|'), 'g');
	return text => replaceMatches(text, pattern);
}

/** The same on every string of a JSON value, keys included. */
export function redactValue<Value>(value: Value, redact: Redactor): Value {
	if (typeof value === 'string') {
		return redact(value) as Value;
	}

	if (Array.isArray(value)) {
		return value.map(item => redactValue(item, redact)) as Value;
	}

	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), redactValue(item, redact)])) as Value;
	}

	return value;
}

// Two secrets may overlap in a text; both go, so the search goes on one character behind the start of each match.
function replaceMatches(text: string, pattern: RegExp): string {
	pattern.lastIndex = 0;
	let result = '';
	let done = 0;
	let end = -1;
	for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
		if (match.index > end || end === -1) {
			result += text.slice(done, match.index) + redacted;
		}

		end = Math.max(end, match.index + match[0].length);
		done = end;
		pattern.lastIndex = match.index + 1;
	}

	return end === -1 ? text : result + text.slice(done);
}
