const marks = /<!--|-->/g;
const escaped: Readonly<Record<string, string>> = {'<!--': '\\x3C!--', '-->': '--\\x3E'};
// Taken before lockdown, and only asked whether a text is a function's body; nothing is ever called.
const Parser = Function;

/**
ses puts spaces into what looks like a comment of HTML, wherever it stands. In code that changes nothing, in a text of an XML
library it does: there it is escaped before. An escape is valid in a text and a pattern and nowhere else, so the parser knows.
*/
export function escapeHtmlTexts(code: string): string {
	const all = code.replace(marks, mark => escaped[mark]!);
	if (all === code || parses(all)) {
		return all;
	}

	let result = code;
	for (const {0: mark, index} of [...code.matchAll(marks)].toReversed()) {
		const next = result.slice(0, index) + escaped[mark]! + result.slice(index + mark.length);
		if (parses(next)) {
			result = next;
		}
	}

	return result;
}

function parses(code: string): boolean {
	try {
		// oxlint-disable-next-line no-new-func
		return Parser('module', 'exports', code).length === 2;
	} catch {
		return false;
	}
}
