import {type HttpMethod, type PermissionSet} from '../../../core/manifest/permissions.ts';
import {type AddressKind} from '../../../core/permissions/address.ts';
import {hostOf, type HostPattern, hostPatterns, matchesHost, portOf} from '../../../core/permissions/host-pattern.ts';
import {denied, wrongArgument} from '../refusals.ts';

/** A hop that was granted. */
export type CheckedUrl = {
	readonly url: URL;
	/** What counts as one host: the pattern it fits, so that names below a wildcard share its limits. */
	readonly group: string;
	readonly isWildcard: boolean;
	readonly addresses: ReadonlySet<AddressKind>;
};

type Entry = {
	readonly patterns: readonly HostPattern[];
	readonly methods: readonly HttpMethod[] | undefined;
	readonly isPrivate: boolean;
};

const publicOnly: ReadonlySet<AddressKind> = new Set(['public']);
const publicAndPrivate: ReadonlySet<AddressKind> = new Set(['public', 'private']);

/** Makes the check of every hop: that the parsed host, not the text of the address, is one of those granted, with this method. */
export function createUrlCheck(plugin: string, {http = []}: PermissionSet): (text: string, method: HttpMethod, base?: URL) => CheckedUrl {
	const entries = http.map(({hosts, methods, privateNetwork = false}): Entry => ({
		patterns: hostPatterns(hosts, privateNetwork),
		methods,
		isPrivate: privateNetwork,
	}));

	return (text, method, base) => {
		if (!URL.canParse(text, base)) {
			throw wrongArgument(`\`${text.slice(0, 200)}\` is no web address.`);
		}

		const url = new URL(text, base);
		const host = hostOf(url);
		if (url.protocol !== 'https:' && url.protocol !== 'http:') {
			throw denied(`\`${plugin}\` may not use \`${url.protocol}\` addresses.`);
		}

		if (url.username !== '' || url.password !== '') {
			throw denied(`\`${plugin}\` may not write a name or password into an address.`);
		}

		const fitting = entries.flatMap(entry => {
			const pattern = entry.patterns.find(candidate => matchesHost(candidate, host, portOf(url)));
			return pattern === undefined ? [] : [{entry, pattern}];
		});
		if (fitting.length === 0) {
			throw denied(`\`${plugin}\` may not reach \`${url.host}\`.`);
		}

		const allowed = fitting.filter(({entry: {methods}}) => methods?.includes(method) ?? true);
		if (allowed.length === 0) {
			throw denied(`\`${plugin}\` may not send ${method} requests to \`${url.host}\`.`);
		}

		const isPrivate = allowed.some(({entry}) => entry.isPrivate);
		if (url.protocol === 'http:' && !isPrivate) {
			throw denied(`\`${plugin}\` may reach \`${url.host}\` with https only.`);
		}

		// A dot at the end would be another name for certificates and caches.
		url.hostname = url.hostname.replace(/\.$/, '');
		const {pattern} = allowed.find(({pattern}) => !pattern.isWildcard) ?? allowed[0]!;
		return {
			url,
			group: `${pattern.isWildcard ? '*.' : ''}${pattern.host}`,
			isWildcard: pattern.isWildcard,
			addresses: isPrivate ? publicAndPrivate : publicOnly,
		};
	};
}
