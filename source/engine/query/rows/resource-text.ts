import {type Resource} from '../../../core/resource.ts';

/** Everything plain text is looked for in, lower-case. */
export function textOf({name, id, provider, account, region, where, type, status, size, owner, tags}: Resource): string {
	// Fields are kept apart by a character nobody types, so that no text matches over a border.
	let text = `${name}\n${id}\n${provider}\n${account ?? ''}\n${region ?? ''}\n${where ?? ''}\n${type}\n${status}\n${size ?? ''}\n${owner ?? ''}`;
	if (tags !== undefined) {
		for (const key of Object.keys(tags)) {
			text += `\n${key}=${tags[key]}`;
		}
	}

	return text.toLowerCase();
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
