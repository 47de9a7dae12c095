import {type Resource} from '../../core/resource.ts';
import {type SortKeys} from './sort-keys.ts';

/**
What a row view remembers of a resource beside it. It stays the same object while the resource changes, so that the order,
the text and the answer of the filter are worked out again only when they can differ.
*/
export type Row = {
	resource: Resource;
	/** Position of its source. */
	source: number;
	keys: SortKeys | undefined;
	haystack: string | undefined;
	/** Number of the filter that `isMatch` answers; 0 when it has to be asked again. */
	askedBy: number;
	isMatch: boolean;
	/** False once the resource left its source. */
	isPresent: boolean;
};

export const createRow = (resource: Resource, source: number): Row => ({
	resource,
	source,
	keys: undefined,
	haystack: undefined,
	askedBy: 0,
	isMatch: true,
	isPresent: true,
});

/** Everything plain text is looked for in, lower-case; made when it is first asked for. */
export function haystackOf(row: Row): string {
	row.haystack ??= textOf(row.resource);
	return row.haystack;
}

/** Whether the two have the same text, so that it need not be made again. */
export const hasSameText = (a: Resource, b: Resource): boolean =>
	a.status === b.status &&
	a.name === b.name &&
	a.id === b.id &&
	a.provider === b.provider &&
	a.account === b.account &&
	a.region === b.region &&
	a.type === b.type &&
	a.size === b.size &&
	a.owner === b.owner &&
	(a.tags === b.tags || JSON.stringify(a.tags) === JSON.stringify(b.tags));

// Fields are kept apart by a character nobody types, so that no text matches over a border.
function textOf({name, id, provider, account, region, type, status, size, owner, tags}: Resource): string {
	let text = `${name}\n${id}\n${provider}\n${account ?? ''}\n${region ?? ''}\n${type}\n${status}\n${size ?? ''}\n${owner ?? ''}`;
	if (tags !== undefined) {
		for (const key of Object.keys(tags)) {
			text += `\n${key}=${tags[key]}`;
		}
	}

	return text.toLowerCase();
}
