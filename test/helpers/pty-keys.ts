const named: Readonly<Record<string, string>> = {
	enter: '\r',
	esc: '\u001B',
	tab: '\t',
	'shift+tab': '\u001B[Z',
	space: ' ',
	'ctrl+space': '\0',
	backspace: '\u007F',
	delete: '\u001B[3~',
	insert: '\u001B[2~',
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	'shift+up': '\u001B[1;2A',
	'shift+down': '\u001B[1;2B',
	home: '\u001B[H',
	end: '\u001B[F',
	pageUp: '\u001B[5~',
	pageDown: '\u001B[6~',
	f1: '\u001BOP',
	f2: '\u001BOQ',
	f3: '\u001BOR',
	f4: '\u001BOS',
	...Object.fromEntries([15, 17, 18, 19, 20, 21, 23, 24].map((code, index) => [`f${index + 5}`, `\u001B[${code}~`])),
};

/** What a terminal sends for a key: `ctrl+c`, `shift+tab`, `f5`, `alt+x`, or a character itself. */
export function bytesOfKey(key: string): string {
	const bytes = named[key];
	if (bytes !== undefined) {
		return bytes;
	}

	if (key.startsWith('alt+')) {
		return `\u001B${bytesOfKey(key.slice(4))}`;
	}

	if (/^ctrl\+[a-z[\]\\^_]$/.test(key)) {
		return String.fromCodePoint(key.codePointAt(5)! & 0x1f);
	}

	if (Array.from(key).length === 1) {
		return key;
	}

	throw new Error(`no terminal has a key \`${key}\``);
}
