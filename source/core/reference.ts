/**
The full reference of a resource: `provider/account/region/type/id`, each part percent-encoded, `-` where there is none.
Marks, undo, audit, selection and API paths key on it; names never do.
*/
export type ResourceRef = string & {readonly __ref?: never};

export type RefParts = {
	readonly provider: string;
	readonly account?: string;
	readonly region?: string;
	readonly type: string;
	readonly id: string;
};

const none = '-';

export const formatRef = ({provider, account, region, type, id}: RefParts): ResourceRef =>
	[provider, account, region, type, id].map(part => encodePart(part)).join('/');

export function parseRef(text: string): RefParts | undefined {
	const parts = text.split('/');
	if (parts.length !== 5) {
		return undefined;
	}

	try {
		const [provider, account, region, type, id] = parts.map(part => (part === none || part === '' ? undefined : decodeURIComponent(part)));
		return provider && type && id ? {provider, ...(account && {account}), ...(region && {region}), type, id} : undefined;
	} catch {
		return undefined;
	}
}

const needsNoEncoding = /^[\w.~][\w.~-]*$/;

// A part that is itself `-` must differ from "none".
function encodePart(part: string | undefined): string {
	if (part === undefined || part === '') {
		return none;
	}

	if (needsNoEncoding.test(part)) {
		return part;
	}

	return part === none ? '%2D' : encodeURIComponent(part.toWellFormed());
}
