import {ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Resource} from '../../core/resource.ts';
import {type Term, termOf} from './term-kinds.ts';
import {splitWords} from './words.ts';

/** A parsed filter: every term has to match. */
export type Filter = {
	readonly text: string;
	readonly terms: readonly Term[];
	/** `text` is what plain text is looked for in; it may be empty unless the filter `readsText`. */
	readonly matches: (resource: Resource, text: string) => boolean;
	readonly readsText: boolean;
};

export const everything: Filter = {text: '', terms: [], matches: () => true, readsText: false};

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

	return ok({text, terms, matches: joinTerms(terms), readsText: terms.some(term => term.readsText)});
}

/** Whether everything `next` shows was shown by `previous`, so that what was hidden stays hidden. */
export const isNarrower = (next: Filter, previous: Filter): boolean =>
	previous.terms.every(wide => next.terms.some(narrow => impliesTerm(narrow, wide)));

function impliesTerm(narrow: Term, wide: Term): boolean {
	if (narrow.subject !== wide.subject || narrow.isNegated !== wide.isNegated) {
		return false;
	}

	return narrow.isNegated ? wide.narrows(narrow) : narrow.narrows(wide);
}

// Runs once for each row at each key, so the common cases have no loop.
function joinTerms(terms: readonly Term[]): Filter['matches'] {
	const [first, ...rest] = terms.map(({matches, isNegated}): Filter['matches'] =>
		isNegated ? (resource, text) => !matches(resource, text) : matches,
	);
	if (first === undefined) {
		return everything.matches;
	}

	return rest.length === 0 ? first : (resource, text) => first(resource, text) && rest.every(matches => matches(resource, text));
}
