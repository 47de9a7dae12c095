import {tomlItems, type TomlItem} from './toml-items.ts';

type Edit = {
	readonly path: readonly string[];
	/** Undefined takes the key out. */
	readonly value: unknown;
	/** Whether two spellings mean the same key. */
	readonly isSame: (path: readonly string[], wanted: readonly string[]) => boolean;
	/** What the parser found at a path of the text. */
	readonly valueAt: (path: readonly string[]) => unknown;
};

/** Sets one key in a TOML text, or takes it out, and leaves everything else as it stands. */
export function editToml(text: string, {path, value, isSame, valueAt}: Edit): string {
	const items = tomlItems(text);
	if (value === undefined) {
		return withoutKey(text, items, {path, isSame, valueAt});
	}

	const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
	const literal = toLiteral(value);
	const isKeyIn = (item: TomlItem, parent: readonly string[]) =>
		item.kind === 'key' && item.path.length > parent.length && isSame(item.path.slice(0, parent.length), parent);

	const existing = items.find(item => item.kind === 'key' && isSame(item.path, path));
	if (existing !== undefined) {
		return text.slice(0, existing.valueStart) + literal + text.slice(existing.valueEnd);
	}

	const inline = items.find(
		item => item.kind === 'key' && item.path.length < path.length && isSame(item.path, path.slice(0, item.path.length)),
	);
	if (inline !== undefined) {
		const inner = withInner(valueAt(inline.path), path.slice(inline.path.length), value);
		return text.slice(0, inline.valueStart) + toLiteral(inner) + text.slice(inline.valueEnd);
	}

	// Beside a sibling: in the same table, in the same way of writing it.
	const parent = path.slice(0, -1);
	const siblings = items.filter(item => isKeyIn(item, parent) && item.path.length === path.length);
	const sibling = siblings.at(-1);
	if (sibling !== undefined) {
		const relative = [...sibling.path.slice(sibling.table.length, -1), path.at(-1)!];
		const indent = /^[ \t]*/.exec(text.slice(sibling.start))![0];
		return insertLine(text, sibling.end, `${indent}${toKey(relative)} = ${literal}`, lineBreak);
	}

	const header = items.findLast(item => item.kind === 'table' && parent.length > 0 && isSame(item.path, parent));
	if (header !== undefined) {
		return insertLine(text, header.end, `${toKey(path.slice(-1))} = ${literal}`, lineBreak);
	}

	if (parent.length === 0) {
		const first = items.find(item => item.kind === 'table');
		const place = first === undefined ? text.length : beforeComments(text, first.start);
		const line = `${toKey(path)} = ${literal}`;
		return insertLine(text, place, first === undefined ? line : line + lineBreak, lineBreak);
	}

	const gap = text.trim() === '' ? '' : lineBreak;
	return insertLine(text, text.length, `${gap}[${toKey(parent)}]${lineBreak}${toKey(path.slice(-1))} = ${literal}`, lineBreak);
}

/** A key, a table of that name with all in it, or both; a comment behind a value goes with it. A table that is left empty stays. */
function withoutKey(text: string, items: readonly TomlItem[], {path, isSame, valueAt}: Omit<Edit, 'value'>): string {
	const isInside = (item: TomlItem) => item.path.length >= path.length && isSame(item.path.slice(0, path.length), path);
	const isAround = (item: TomlItem) =>
		item.kind === 'key' && item.path.length < path.length && isSame(item.path, path.slice(0, item.path.length));
	return items.toReversed().reduce((rest, item) => {
		if (isInside(item)) {
			return rest.slice(0, item.start) + rest.slice(item.end);
		}

		if (!isAround(item)) {
			return rest;
		}

		const inner = withoutInner(valueAt(item.path), path.slice(0, item.path.length), path.slice(item.path.length), isSame);
		return inner === undefined ? rest : rest.slice(0, item.valueStart) + toLiteral(inner) + rest.slice(item.valueEnd);
	}, text);
}

/** Undefined when it is not there. */
function withoutInner(table: unknown, parent: readonly string[], wanted: readonly string[], isSame: Edit['isSame']): object | undefined {
	const [name, ...rest] = wanted;
	const fields = typeof table === 'object' && table !== null && !Array.isArray(table) ? (table as Record<string, unknown>) : {};
	const key = Object.keys(fields).find(one => isSame([...parent, one], [...parent, name!]));
	if (key === undefined) {
		return undefined;
	}

	const {[key]: found, ...others} = fields;
	const inner = rest.length === 0 ? undefined : withoutInner(found, [...parent, key], rest, isSame);
	return rest.length === 0 ? others : inner && {...fields, [key]: inner};
}

/** JSON with TOML's table syntax; every other JSON value is TOML as it stands. */
function toLiteral(value: unknown): string {
	if (Array.isArray(value)) {
		return `[${value.map(item => toLiteral(item)).join(', ')}]`;
	}

	if (typeof value === 'object' && value !== null) {
		return `{${Object.entries(value)
			.map(([key, item]) => ` ${toKey([key])} = ${toLiteral(item)}`)
			.join(',')} }`;
	}

	// JSON leaves DEL as it is, TOML does not take it.
	return JSON.stringify(value).replaceAll('\u007F', String.raw`\u007F`);
}

const toKey = (path: readonly string[]): string => path.map(part => (/^[\w-]+$/.test(part) ? part : JSON.stringify(part))).join('.');

// An inline table has neither comments nor line breaks to lose, so it is written anew.
function withInner(current: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
	const table = typeof current === 'object' && current !== null ? (current as Record<string, unknown>) : {};
	return key === undefined ? value : {...table, [key]: withInner(table[key], rest, value)};
}

function insertLine(text: string, place: number, line: string, lineBreak: string): string {
	const before = text.slice(0, place);
	const needsBreak = before !== '' && !before.endsWith('\n');
	return before + (needsBreak ? lineBreak : '') + line + lineBreak + text.slice(place);
}

// The comment lines right above a table belong to it.
function beforeComments(text: string, start: number): number {
	let place = start;
	for (;;) {
		const previous = text.lastIndexOf('\n', place - 2) + 1;
		if (place === 0 || !text.slice(previous, place).trimStart().startsWith('#')) {
			return place;
		}

		place = previous;
	}
}
