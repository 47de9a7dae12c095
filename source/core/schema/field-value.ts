import {failure} from '../failure/failure.ts';
import {type JsonSchema} from './json.ts';
import {failed, ok, type Outcome} from '../failure/outcome.ts';

/**
Reads the text a person typed for a field as the type its schema asks for.
Objects are `K=V` pairs and arrays are items, one a line or separated by commas; or either as JSON, for values with commas in them.
*/
export function parseFieldValue(field: string, schema: JsonSchema | undefined, text: string): Outcome<unknown> {
	const no = (expected: string) =>
		failed(failure('CWS_INVALID_INPUT', {message: `\`${field}\` must be ${expected}, not \`${text}\`.`, details: {field}}));
	switch (schema?.type) {
		case 'number':
		case 'integer': {
			const value = Number(text);
			return text.trim() === '' || !Number.isFinite(value) ? no('a number') : ok(value);
		}

		case 'boolean': {
			const word = text.trim().toLowerCase();
			return ['true', 'yes', 'on', '1'].includes(word)
				? ok(true)
				: ['false', 'no', 'off', '0'].includes(word)
					? ok(false)
					: no('true or false');
		}

		case 'array': {
			return text.trimStart().startsWith('[') ? (parseJson(text) ?? no('a JSON array')) : ok(partsOf(text));
		}

		case 'object': {
			return text.trimStart().startsWith('{') ? (parseJson(text) ?? no('a JSON object')) : (parsePairs(text) ?? no('`KEY=value` pairs'));
		}

		default: {
			return ok(text);
		}
	}
}

const partsOf = (text: string): readonly string[] =>
	text
		.split(/[\n,]/)
		.map(part => part.trim())
		.filter(Boolean);

function parseJson(text: string): Outcome<unknown> | undefined {
	try {
		return ok(JSON.parse(text));
	} catch {
		return undefined;
	}
}

function parsePairs(text: string): Outcome<Readonly<Record<string, string>>> | undefined {
	const pairs = partsOf(text).map(part => [part, part.indexOf('=')] as const);
	return pairs.some(([, at]) => at <= 0)
		? undefined
		: ok(Object.fromEntries(pairs.map(([part, at]) => [part.slice(0, at).trim(), part.slice(at + 1)])));
}
