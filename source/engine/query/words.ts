import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';

/** One term of a filter as it was typed. */
export type Word = {
	/** Index of its first character, the `!` included. */
	readonly position: number;
	readonly isNegated: boolean;
	/** What stands before the first `:` or `=` outside of quotes. */
	readonly key?: string;
	readonly operator?: ':' | '=';
	/** What follows the operator, or all of it; without quotes. */
	readonly value: string;
	/** All of it after `!`, without quotes. */
	readonly text: string;
};

/** Splits a filter at its spaces. Quotes keep spaces, colons and exclamation marks as text. */
export function splitWords(text: string): Outcome<readonly Word[]> {
	const words: Word[] = [];
	let at = 0;
	while (at < text.length) {
		if (/\s/.test(text[at]!)) {
			at++;
			continue;
		}

		const read = readWord(text, at);
		if (!read.ok) {
			return read;
		}

		if (read.value.word.text !== '' || read.value.word.key !== undefined) {
			words.push(read.value.word);
		}

		at = read.value.end;
	}

	return ok(words);
}

function readWord(text: string, position: number): Outcome<{readonly word: Word; readonly end: number}> {
	const isNegated = text[position] === '!';
	let at = isNegated ? position + 1 : position;
	let whole = '';
	let split: {readonly operator: ':' | '='; readonly at: number} | undefined;
	while (at < text.length && !/\s/.test(text[at]!)) {
		const character = text[at]!;
		if (character === '"') {
			const close = text.indexOf('"', at + 1);
			if (close === -1) {
				return failed(
					failure('CWS_INVALID_INPUT', {
						message: `The quote at ${at + 1} is not closed.`,
						fix: `end it with \`"\`: \`${text}"\``,
						details: {position: at},
					}),
				);
			}

			whole += text.slice(at + 1, close);
			// Text that starts with a quote is text, whatever is in it.
			at = close + 1;
			continue;
		}

		if ((character === ':' || character === '=') && split === undefined && whole !== '' && !isQuotedBefore(text, position, at)) {
			split = {operator: character, at: whole.length};
		}

		whole += character;
		at++;
	}

	const word = {position, isNegated, text: whole};
	return ok({
		word: split
			? {...word, key: whole.slice(0, split.at).toLowerCase(), operator: split.operator, value: whole.slice(split.at + 1)}
			: {...word, value: whole},
		end: at,
	});
}

const isQuotedBefore = (text: string, from: number, to: number): boolean => text.slice(from, to).includes('"');
