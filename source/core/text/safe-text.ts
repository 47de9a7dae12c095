const maxLength = 4096;
// C0, DEL and C1 become visible or replaced; bidi, zero-width and other invisible characters, tags, and separators of lines are replaced.
const hostile = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Zl}\p{Zp}\uFFF9-\uFFFB]/u;
const hostileAll = new RegExp(hostile.source, 'gu');
const stackedMarks = /(\p{M}{3})\p{M}+/gu;
const mark = /\p{M}{4}/u;
// oxlint-disable-next-line no-control-regex
const plainAscii = /^[\u0020-\u007E]*$/;

/**
Makes a string from outside harmless on a terminal: no escape, control, bidi or zero-width character survives, and it fits one line.
Applied at ingest, so that no view can forget it.
*/
export function safeText(text: string): string {
	if (text.length <= maxLength && plainAscii.test(text)) {
		return text;
	}

	let result = text.slice(0, maxLength).toWellFormed();
	if (hostile.test(result)) {
		result = result.replaceAll(hostileAll, visible);
	}

	return mark.test(result) ? result.replaceAll(stackedMarks, '$1') : result;
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
