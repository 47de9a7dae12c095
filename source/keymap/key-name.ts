const aliases: Readonly<Record<string, string>> = {
	return: 'enter',
	escape: 'esc',
	del: 'delete',
	ins: 'insert',
	bs: 'backspace',
	' ': 'space',
	pgup: 'pageUp',
	pgdn: 'pageDown',
	pagedown: 'pageDown',
	pageup: 'pageUp',
	plus: '+',
};

const named = /^(enter|esc|tab|backspace|delete|up|down|left|right|home|end|pageUp|pageDown|insert|space|f\d{1,2})$/;
const modifiers: Readonly<Record<string, 'ctrl' | 'alt' | 'shift'>> = {
	ctrl: 'ctrl',
	control: 'ctrl',
	c: 'ctrl',
	alt: 'alt',
	meta: 'alt',
	shift: 'shift',
};

/** A key as a person writes it (`Ctrl+D`, `shift+Tab`, `D`) in the form of `formatKey`; undefined when it names no key. */
export function parseKeyName(text: string): string | undefined {
	if (text === '+' || text === '-') {
		return text;
	}

	const parts = /^(?:ctrl|control|alt|meta|shift|c)[+-]/i.test(text) ? splitModifiers(text) : {held: new Set<string>(), key: text};
	const lower = parts.key.toLowerCase();
	const name = aliases[lower] ?? (named.test(lower) ? lower : parts.key);
	const isNamed = named.test(name);
	if (!isNamed && !/^.$/u.test(name)) {
		return undefined;
	}

	const isShifted = parts.held.has('shift');
	// A shifted letter is its own character, and ctrl makes no difference between the two.
	const key = isNamed ? name : parts.held.has('ctrl') ? name.toLowerCase() : isShifted ? name.toUpperCase() : name;
	return `${parts.held.has('ctrl') ? 'ctrl+' : ''}${parts.held.has('alt') ? 'alt+' : ''}${isShifted && isNamed ? 'shift+' : ''}${key}`;
}

function splitModifiers(text: string): {held: Set<string>; key: string} {
	const held = new Set<string>();
	let key = text;
	for (let match = modifierOf(key); match; match = modifierOf(key)) {
		held.add(match.modifier);
		key = match.rest;
	}

	return {held, key};
}

function modifierOf(text: string): {modifier: string; rest: string} | undefined {
	const match = /^([a-z]+)[+-](.+)$/i.exec(text);
	const modifier = match ? modifiers[match[1]!.toLowerCase()] : undefined;
	return match && modifier !== undefined ? {modifier, rest: match[2]!} : undefined;
}
