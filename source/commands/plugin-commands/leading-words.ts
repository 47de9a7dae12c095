import {verbWords} from '../../core/verb-words.ts';

/** The words before the first flag. */
export const leadingWords = (argv: readonly string[]): readonly string[] => {
	const end = argv.findIndex(word => word.startsWith('-'));
	return end === -1 ? argv : argv.slice(0, end);
};

/** Whether a verb of cws may have a command of a plugin under it, as these words name one. */
export function mayBeUnder(verb: string, words: readonly string[]): boolean {
	const {words: own = [], takesName} = verbWords[verb] ?? {};
	const [, next] = words;
	return next !== undefined && takesName !== true && !own.includes(next);
}
