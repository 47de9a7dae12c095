/** A table header or a `key = value` of a TOML text, with its place. */
export type TomlItem = {
	readonly kind: 'table' | 'key';
	/** From the root, the table's own path included. */
	readonly path: readonly string[];
	/** Path of the table it stands in. */
	readonly table: readonly string[];
	/** Counted from 1. */
	readonly line: number;
	/** Of its first line. */
	readonly start: number;
	/** Behind its line break. */
	readonly end: number;
	readonly valueStart: number;
	readonly valueEnd: number;
};

/**
Finds the places of keys in a text that a TOML parser has accepted: the parser gives values without places,
and editing without losing comments needs the places.
*/
export function tomlItems(text: string): readonly TomlItem[] {
	const items: TomlItem[] = [];
	let at = 0;
	let line = 1;
	let table: readonly string[] = [];
	while (at < text.length) {
		const start = at;
		at = skipBlanks(text, at);
		const character = text[at];
		if (character === '[') {
			const opening = text[at + 1] === '[' ? 2 : 1;
			const key = readPath(text, at + opening);
			at = endOfLine(text, key.end);
			table = key.path;
			items.push({kind: 'table', path: table, table, line, start, end: at, valueStart: at, valueEnd: at});
		} else if (character === undefined || character === '#' || character === '\n' || character === '\r') {
			at = endOfLine(text, at);
		} else {
			const key = readPath(text, at);
			const valueStart = skipBlanks(text, key.end + 1);
			const valueEnd = skipValue(text, valueStart);
			at = endOfLine(text, valueEnd);
			items.push({kind: 'key', path: [...table, ...key.path], table, line, start, end: at, valueStart, valueEnd});
		}

		line += countBreaks(text, start, at);
	}

	return items;
}

// Ends on the `]` or `=` behind the key.
function readPath(text: string, from: number): {readonly path: readonly string[]; readonly end: number} {
	const path: string[] = [];
	let at = from;
	for (;;) {
		at = skipBlanks(text, at);
		const end = isQuote(text[at]) ? skipString(text, at) : endOfBareKey(text, at);
		path.push(unquote(text.slice(at, end)));
		at = skipBlanks(text, end);
		if (text[at] !== '.') {
			return {path, end: at};
		}

		at++;
	}
}

function endOfBareKey(text: string, from: number): number {
	let at = from;
	while (at < text.length && /[\w-]/.test(text[at]!)) {
		at++;
	}

	return at;
}

function unquote(key: string): string {
	if (key.startsWith("'")) {
		return key.slice(1, -1);
	}

	if (!key.startsWith('"')) {
		return key;
	}

	try {
		return JSON.parse(key) as string;
	} catch {
		// `\UXXXXXXXX` and `\e`, which JSON does not know.
		return key.slice(1, -1);
	}
}

function skipValue(text: string, from: number): number {
	let at = from;
	let depth = 0;
	let end = from;
	while (at < text.length) {
		const character = text[at]!;
		if (isQuote(character)) {
			at = skipString(text, at);
			end = at;
		} else if (depth === 0 && (character === '\n' || character === '\r' || character === '#')) {
			break;
		} else if (character === '#') {
			at = endOfLine(text, at);
		} else {
			depth += character === '[' || character === '{' ? 1 : character === ']' || character === '}' ? -1 : 0;
			at++;
			end = character === ' ' || character === '\t' ? end : at;
		}
	}

	return end;
}

function skipString(text: string, from: number): number {
	const quote = text[from]!;
	const isLong = text.startsWith(quote.repeat(3), from);
	const closing = isLong ? quote.repeat(3) : quote;
	let at = from + closing.length;
	while (at < text.length && !text.startsWith(closing, at)) {
		at += quote === '"' && text[at] === '\\' ? 2 : 1;
	}

	at += closing.length;
	// A long string may end in up to two quotes of its own.
	const own = isLong && text[at] === quote ? (text[at + 1] === quote ? 2 : 1) : 0;
	return at + own;
}

function skipBlanks(text: string, from: number): number {
	let at = from;
	while (text[at] === ' ' || text[at] === '\t') {
		at++;
	}

	return at;
}

function endOfLine(text: string, from: number): number {
	const end = text.indexOf('\n', from);
	return end === -1 ? text.length : end + 1;
}

function countBreaks(text: string, start: number, end: number): number {
	let count = 0;
	for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
		count++;
	}

	return count;
}

const isQuote = (character: string | undefined): boolean => character === '"' || character === "'";
