const mark = 'cws:';

/** What cws writes into a job's comment: which request made it, and its tags. Slurm keeps no other place for them. */
export const writeComment = (token: string, tags: Readonly<Record<string, string>> = {}): string =>
	[`${mark}${encodeURIComponent(token)}`, ...(Object.keys(tags).length > 0 ? [new URLSearchParams(tags).toString()] : [])].join(' ');

export function readComment(comment: string | undefined): {readonly token?: string; readonly tags: Readonly<Record<string, string>>} {
	if (comment === undefined || !comment.startsWith(mark)) {
		return {tags: {}};
	}

	const [token = '', tags = ''] = comment.slice(mark.length).split(' ');
	return {token: decode(token), tags: Object.fromEntries([...new URLSearchParams(tags)].filter(([key]) => key !== '__proto__'))};
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
