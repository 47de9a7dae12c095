import {ok, type Outcome} from '../../core/outcome.ts';
import {type Row} from './row.ts';
import {type Term, termOf} from './term-kinds.ts';
import {splitWords} from './words.ts';

/** A parsed filter: every term has to match. */
export type Filter = {
	readonly text: string;
	readonly terms: readonly Term[];
};

export const everything: Filter = {text: '', terms: []};

/** Reads a filter. A failure has the 0-based `position` of what is wrong in its details. */
export function parseFilter(text: string): Outcome<Filter> {
	const words = splitWords(text);
	if (!words.ok) {
		return words;
	}

	const terms: Term[] = [];
	for (const word of words.value) {
		const term = termOf(word);
		if (!term.ok) {
			return term;
		}

		terms.push(term.value);
	}

	return ok({text, terms});
}

export const matchesFilter = ({terms}: Filter, row: Row): boolean => terms.every(term => term.matches(row) !== term.isNegated);

/** Whether everything `next` shows was shown by `previous`, so that what was hidden stays hidden. */
export const isNarrower = (next: Filter, previous: Filter): boolean =>
	previous.terms.every(wide => next.terms.some(narrow => impliesTerm(narrow, wide)));

function impliesTerm(narrow: Term, wide: Term): boolean {
	if (narrow.subject !== wide.subject || narrow.isNegated !== wide.isNegated) {
		return false;
	}

	return narrow.isNegated ? wide.narrows(narrow) : narrow.narrows(wide);
}
