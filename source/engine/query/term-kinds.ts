import {hourlyOf} from '../../core/money/cost.ts';
import {failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {resourceStatuses} from '../../core/resource.ts';
import {type Resource} from '../../core/resource.ts';
import {type Word} from './words.ts';

export type Term = {
	/** Kind and key: terms of different subjects say nothing about one another. */
	readonly subject: string;
	/** Lower-case. */
	readonly value: string;
	readonly isNegated: boolean;
	/** `text` is empty unless the term `readsText`. */
	readonly matches: (resource: Resource, text: string) => boolean;
	readonly readsText?: boolean;
	/** Whether this one matches at most what `other`, of the same subject, matches; negation aside. */
	readonly narrows: (other: Term) => boolean;
};

type TermKind = {
	/** Nothing when the word is of another kind. */
	readonly read: (word: Word) => Outcome<Term> | undefined;
};

/** Every kind of term a filter can have; the first that reads a word takes it, so plain text comes last. */
const termKinds: readonly TermKind[] = [
	{read: readPrice},
	{read: readState},
	{read: readTag},
	{read: readField},
	{read: refuseKey},
	{read: readText},
];

/** The term of a word, or what is wrong with it. */
export function termOf(word: Word): Outcome<Term> {
	for (const kind of termKinds) {
		const term = kind.read(word);
		if (term !== undefined) {
			return term;
		}
	}

	return readText(word);
}

type FieldMatch = 'begins' | 'contains';

type Field = {readonly read: (resource: Resource) => string | undefined; readonly match: FieldMatch};

// Fields begin with their value, so that `account:prod` never shows `nonprod`; free text may have it anywhere.
const fields: Readonly<Record<string, Field>> = {
	provider: {read: resource => resource.provider, match: 'begins'},
	account: {read: resource => resource.account, match: 'begins'},
	region: {read: resource => resource.region, match: 'begins'},
	type: {read: resource => resource.type, match: 'begins'},
	owner: {read: resource => resource.owner, match: 'begins'},
	name: {read: resource => resource.name, match: 'contains'},
};

const prices: readonly string[] = ['unknown', 'free', 'known', 'usage'];

/** The keys a term can have, for messages. */
const filterKeys: readonly string[] = [...Object.keys(fields), 'state', 'status', 'tag', 'price'];

function readText({isNegated, text}: Word): Outcome<Term> {
	const value = text.toLowerCase();
	return ok({
		subject: 'text',
		value,
		isNegated,
		matches: (_, text) => text.includes(value),
		readsText: true,
		narrows: other => value.includes(other.value),
	});
}

function readField(word: Word): Outcome<Term> | undefined {
	const field = word.key !== undefined && Object.hasOwn(fields, word.key) ? fields[word.key] : undefined;
	return field && ok(fieldTerm(word, word.key!, field));
}

function fieldTerm({isNegated, operator, value: typed}: Word, key: string, {read, match}: Field): Term {
	const value = typed.toLowerCase();
	const how = operator === '=' ? 'equals' : match;
	return {
		subject: `${key} ${how}`,
		value,
		isNegated,
		matches: resource => compares[how](read(resource)?.toLowerCase() ?? '', value),
		narrows: other => compares[how](value, other.value),
	};
}

// An empty value asks whether there is any, which `begins` and `contains` cannot say.
const compares = {
	begins: (text: string, value: string) => text !== '' && text.startsWith(value),
	contains: (text: string, value: string) => text !== '' && text.includes(value),
	equals: (text: string, value: string) => text === value,
} as const;

function readState(word: Word): Outcome<Term> | undefined {
	if (word.key !== 'state' && word.key !== 'status') {
		return undefined;
	}

	return checkValue(word, resourceStatuses) ?? ok(fieldTerm(word, 'state', {read: resource => resource.status, match: 'begins'}));
}

function readPrice(word: Word): Outcome<Term> | undefined {
	if (word.key !== 'price') {
		return undefined;
	}

	return checkValue(word, prices) ?? ok(fieldTerm(word, 'price', {read: resource => hourlyOf(resource).kind, match: 'begins'}));
}

function readTag(word: Word): Outcome<Term> | undefined {
	if (word.key !== 'tag') {
		return undefined;
	}

	const typed = word.value.toLowerCase();
	const split = typed.indexOf('=');
	return ok({
		subject: 'tag',
		value: typed,
		isNegated: word.isNegated,
		matches: ({tags}) =>
			tags !== undefined &&
			Object.entries(tags).some(([key, value]) =>
				split === -1 ? key.toLowerCase().startsWith(typed) : `${key}=${value}`.toLowerCase().startsWith(typed),
			),
		narrows: other => typed.startsWith(other.value),
	});
}

function refuseKey({key, operator, position, isNegated, text}: Word): Outcome<Term> | undefined {
	if (key === undefined || operator === '=') {
		return undefined;
	}

	const near = nearest(key, filterKeys);
	const start = position + (isNegated ? 1 : 0);
	return failed(
		failure('CWS_INVALID_INPUT', {
			message: `\`${key}\` at ${start + 1} is not a key of a filter.`,
			cause: `the keys are ${filterKeys.join(', ')}`,
			fix: near === undefined ? `quote it to search for it as text: \`"${text}"\`` : `did you mean \`${near}:\`?`,
			details: {position: start},
		}),
	);
}

function checkValue({value, operator, text, position, isNegated}: Word, allowed: readonly string[]): Outcome<never> | undefined {
	const typed = value.toLowerCase();
	if (allowed.some(one => (operator === '=' ? one === typed : one.startsWith(typed)))) {
		return undefined;
	}

	const near = nearest(typed, allowed);
	const start = position + (isNegated ? 1 : 0) + text.length - value.length;
	return failed(
		failure('CWS_INVALID_INPUT', {
			message: `\`${value}\` at ${start + 1} is none of ${allowed.join(', ')}.`,
			fix: near === undefined ? `use one of ${allowed.join(', ')}` : `did you mean \`${near}\`?`,
			details: {position: start},
		}),
	);
}
