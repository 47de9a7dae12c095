import {failure} from './failure.ts';
import {type JsonSchema} from './json.ts';
import {failed, ok, type Outcome} from './outcome.ts';

/**
Reads the text a person typed for a field as the type its schema asks for.
Objects are `K=V` pairs, one a line or separated by commas; or JSON.
*/
export function parseFieldValue(field: string, schema: JsonSchema | undefined, text: string): Outcome<unknown> {
	const no = (expected: string) => failed(failure('CWS_INVALID_INPUT', {message: `\`${field}\` must be ${expected}, not \`${text}\`.`, details: {field}}));
	switch (schema?.type) {
		case 'number':
		case 'integer': {
			const value = Number(text);
			return text.trim() === '' || !Number.isFinite(value) ? no('a number') : ok(value);
		}

		case 'boolean': {
			const word = text.trim().toLowerCase();
			return ['true', 'yes', 'on', '1'].includes(word) ? ok(true) : ['false', 'no', 'off', '0'].includes(word) ? ok(false) : no('true or false');
		}

		case 'array': {
			return ok(text.split(/[\n,]/).map(item => item.trim()).filter(Boolean));
		}

		case 'object': {
			return parsePairs(text) ?? no('`KEY=value` pairs');
		}

		default: {
			return ok(text);
		}
	}
}

function parsePairs(text: string): Outcome<Readonly<Record<string, string>>> | undefined {
	const entries: [string, string][] = [];
	for (const line of text.split(/[\n,]/).map(part => part.trim()).filter(Boolean)) {
		const at = line.indexOf('=');
		if (at <= 0) {
			return undefined;
		}

		entries.push([line.slice(0, at).trim(), line.slice(at + 1)]);
	}

	return ok(Object.fromEntries(entries));
}
