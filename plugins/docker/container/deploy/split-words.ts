/** A command line into its words, with the quotes of a shell and nothing else of it; undefined when a quote stays open. */
export function splitWords(line: string): readonly string[] | undefined {
	const words: string[] = [];
	let word: string | undefined;
	let quote = '';
	for (let index = 0; index < line.length; index++) {
		const character = line[index]!;
		if (quote !== '' && character === quote) {
			quote = '';
		} else if (quote === '' && (character === '"' || character === "'")) {
			quote = character;
			word ??= '';
		} else if (character === '\\' && quote !== "'" && index + 1 < line.length && (quote === '' || /["\\$`]/.test(line[index + 1]!))) {
			index++;
			word = (word ?? '') + line[index]!;
		} else if (quote === '' && /\s/.test(character)) {
			if (word !== undefined) {
				words.push(word);
				word = undefined;
			}
		} else {
			word = (word ?? '') + character;
		}
	}

	return quote === '' ? [...words, ...(word === undefined ? [] : [word])] : undefined;
}
