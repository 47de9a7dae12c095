/**
A granted host: exact (`api.hetzner.cloud`), or everything below a name (`*.example.com`), each with a port when it shall be one only
(`nas.lan:9000`). An address of IPv6 stands in brackets.
*/
export type HostPattern = {
	/** In lower case, without a dot at the end and, for IPv6, without brackets. */
	readonly host: string;
	/** Names below `host`, and not `host` itself. */
	readonly isWildcard: boolean;
	readonly port?: number;
};

const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const numeric = /^(?:0x[0-9a-f]*|\d+)$/;

export type PatternAnswer = {readonly pattern: HostPattern} | {readonly problem: string};

/**
Reads a host of a manifest. Whether a wildcard is too wide (`*.github.io`) needs the list of public suffixes and is the validator's
matter. `isPrivate` is for `privateNetwork` entries: addresses and names of one label are fine there.
*/
export function parseHostPattern(text: string, {isPrivate = false}: {readonly isPrivate?: boolean} = {}): PatternAnswer {
	const problem = (why: string): PatternAnswer => ({problem: why});
	if (text !== text.toLowerCase() || text.length > 253) {
		return problem('must be in lower case and have at most 253 characters');
	}

	const isBracketed = text.startsWith('[');
	const parts = /^(\[[\da-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text);
	const port = parts?.[2] === undefined ? undefined : Number(parts[2]);
	if (parts === null || (port !== undefined && (port < 1 || port > 65_535))) {
		return problem('must be a host name, with a port at most: no scheme, no path');
	}

	const name = isBracketed ? parts[1]!.slice(1, -1) : parts[1]!;
	const withPort = port === undefined ? {} : {port};
	if (isBracketed || ipv4.test(name)) {
		return isPrivate
			? {pattern: {host: canonicalHost(parts[1]!) ?? name, isWildcard: false, ...withPort}}
			: problem('must be a name: an address needs `privateNetwork`');
	}

	const isWildcard = name.startsWith('*.');
	const host = isWildcard ? name.slice(2) : name;
	const labels = host.split('.');
	if (host.includes('*')) {
		return problem('may have one `*.` at its beginning, nowhere else');
	}

	if (labels.some(part => !label.test(part)) || numeric.test(labels.at(-1)!)) {
		return problem('must be a host name: labels of letters, digits and dashes between dots');
	}

	if (labels.length < 2 && (isWildcard || !isPrivate)) {
		return problem(
			isWildcard ? 'needs at least two labels after `*.`' : 'must have a dot: a name of the local network needs `privateNetwork`',
		);
	}

	return {pattern: {host, isWildcard, ...withPort}};
}

/** A host as URLs write it, for comparing: numbers in all their forms become addresses. Undefined when no URL can have it. */
export function canonicalHost(host: string): string | undefined {
	const url = `https://${host}/`;
	return URL.canParse(url) ? hostOf(new URL(url)) : undefined;
}

/** The host of a URL in the form patterns have. */
export const hostOf = (url: {readonly hostname: string}): string =>
	url.hostname
		.replace(/^\[|\]$/g, '')
		.replace(/\.$/, '')
		.toLowerCase();

/** The port of a URL, also when it is the scheme's own. */
export const portOf = (url: {readonly port: string; readonly protocol: string}): number =>
	url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);

/** Whether a pattern is for this host (as `hostOf` writes it) and port. */
export const matchesHost = ({host, isWildcard, port}: HostPattern, name: string, namePort: number): boolean =>
	(port === undefined || port === namePort) && (isWildcard ? name.endsWith(`.${host}`) && name.length > host.length + 1 : name === host);

/** Whether everything `asked` is for, `granted` is for too. */
export const coversHost = (granted: HostPattern, asked: HostPattern): boolean =>
	(granted.port === undefined || granted.port === asked.port) &&
	(granted.isWildcard
		? asked.host.endsWith(`.${granted.host}`) || (asked.isWildcard && asked.host === granted.host)
		: !asked.isWildcard && asked.host === granted.host);

/** The patterns of a manifest that was checked; what does not parse is left out, so that it covers nothing. */
export const hostPatterns = (hosts: readonly string[], isPrivate: boolean): readonly HostPattern[] =>
	hosts.flatMap(host => {
		const answer = parseHostPattern(host, {isPrivate});
		return 'pattern' in answer ? [answer.pattern] : [];
	});
