/** Shorter values are too common in ordinary text to be looked for. */
export const shortestSecret = 4;
// A line of a key file is recognised by itself only when it is long enough to mean something.
const shortestLine = 16;

/** Every way a secret is likely to be written: as it is, its lines, in JSON, in a URL, as hex, as base64 wherever it starts in it. */
export function secretForms(value: string): readonly string[] {
	const forms = new Set<string>();
	for (const text of [value, value.trim(), ...linesOf(value)]) {
		if (text.length < shortestSecret) {
			continue;
		}

		const bytes = new TextEncoder().encode(text);
		const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0'));
		const plain = [text, JSON.stringify(text).slice(1, -1), ...urlForms(text), hex.join(''), hex.map(byte => `%${byte}`).join('')];
		for (const form of plain) {
			forms.add(form);
		}

		forms.add(hex.join('').toUpperCase());
		forms.add(hex.map(byte => `%${byte.toUpperCase()}`).join(''));
		for (const form of base64Forms(bytes)) {
			forms.add(form);
			forms.add(form.replaceAll('+', '-').replaceAll('/', '_'));
			for (const inUrl of urlForms(form)) {
				forms.add(inUrl);
			}
		}
	}

	return [...forms].filter(form => form.length >= shortestSecret);
}

function linesOf(value: string): readonly string[] {
	const lines = value.split(/\r?\n/).map(line => line.trim());
	return lines.length > 1 ? lines.filter(line => line.length >= shortestLine) : [];
}

// Programs differ in the case of the digits and in how a blank is written.
function urlForms(text: string): readonly string[] {
	const strict = encodeURIComponent(text.toWellFormed());
	// What `encodeURIComponent` leaves and RFC 3986 reserves.
	const reserved = strict.replaceAll(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
	const form = reserved.replaceAll('%20', '+');
	const loose = encodeURI(text.toWellFormed());
	return [strict, reserved, form, loose].flatMap(one => [one, one.replaceAll(/%[\dA-F]{2}/g, digits => digits.toLowerCase())]);
}

/**
Base64 looks different by the place of the value in what is encoded, as in `user:token`. For each of the three places:
the characters that the value alone decides.
*/
function base64Forms(bytes: Uint8Array): readonly string[] {
	return [0, 1, 2].map(before => {
		const text = toBase64(new Uint8Array([...Array.from({length: before}, () => 0), ...bytes]));
		return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
	});
}

function toBase64(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) {
		binary += String.fromCharCode(byte);
	}

	return btoa(binary);
}
