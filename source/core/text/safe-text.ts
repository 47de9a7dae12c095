const maxLength = 4096;
// Sets of Unicode take milliseconds to make, and most sessions meet none of what is in them: so they are made when they are asked for.
// C0, DEL and C1 become visible or replaced; bidi, zero-width and other invisible characters, tags, and separators of lines are replaced.
const hostile = () => /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Zl}\p{Zp}\uFFF9-\uFFFB]/gu;
const stackedMarks = () => /(\p{M}{3})\p{M}+/gu;
/** ASCII, Latin letters, dashes, quotes, arrows and lines to draw with. */
const plain = /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027\u2190-\u21FF\u2500-\u25FF]*$/;

/**
Makes a string from outside harmless on a terminal: no escape, control, bidi or zero-width character survives, and it fits one line.
Applied at ingest, so that no view can forget it.
*/
export function safeText(text: string): string {
	if (text.length <= maxLength && plain.test(text)) {
		return text;
	}

	return text.slice(0, maxLength).toWellFormed().replaceAll(hostile(), visible).replaceAll(stackedMarks(), '$1');
}

/** Like `safeText` for text of several lines: newlines stay. */
export const safeLines = (text: string): string =>
	text
		.split(/\r?\n/)
		.map(line => safeText(line))
		.join('\n');

/** `safeText` on every string in a JSON value, keys included. */
export function safeValue<Value>(value: Value): Value {
	if (typeof value === 'string') {
		return safeText(value) as Value;
	}

	if (Array.isArray(value)) {
		return value.map(item => safeValue(item)) as Value;
	}

	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(Object.entries(value).map(([key, item]) => [safeText(key), safeValue(item)])) as Value;
	}

	return value;
}

function visible(character: string): string {
	const code = character.codePointAt(0)!;
	if (code === 9 || code === 10 || code === 13) {
		return ' ';
	}

	// The control pictures block shows C0 as one cell each.
	return code < 0x20 ? String.fromCodePoint(0x24_00 + code) : '\uFFFD';
}
