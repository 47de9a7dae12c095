import {addressKind, isAddress} from '../../../core/permissions/address.ts';
import {canonicalHost, parseHostPattern} from '../../../core/permissions/host-pattern.ts';

/** What is wrong with a host a plugin asks for, and what to write instead. */
export type HostProblem = {readonly message: string; readonly fix: string};

export type CheckHost = (host: string, options?: {readonly privateNetwork?: boolean}) => HostProblem | undefined;

// Not suffixes themselves, but anyone can own a name somewhere below.
const sharedParents: ReadonlySet<string> = new Set(
	(
		'amazonaws.com amazonaws.com.cn on.aws windows.net azure.com azure.net googleapis.com google.com googleusercontent.com cloudflare.com ' +
		'digitaloceanspaces.com ondigitalocean.app linodeobjects.com oraclecloud.com heroku.com github.com gitlab.com slack.com discord.com ' +
		'sharepoint.com salesforce.com atlassian.net dropboxusercontent.com'
	).split(' '),
);

/** Loads the list of public suffixes: only it knows that names below `co.uk` and `github.io` belong to many. */
export async function loadHostRules(): Promise<CheckHost> {
	// The default, because a bundled CommonJS module has no other export.
	const {parse} = (await import('tldts')).default;
	return (text, {privateNetwork = false} = {}) => {
		const answer = parseHostPattern(text, {isPrivate: privateNetwork});
		if ('problem' in answer) {
			return {message: `is \`${text}\`; it ${answer.problem}`, fix: spellingFix(text)};
		}

		const {host, isWildcard} = answer.pattern;
		if (!isWildcard && canonicalHost(host) !== host && !host.includes(':')) {
			return {
				message: `is \`${text}\`, which leads to \`${canonicalHost(host) ?? 'nowhere'}\``,
				fix: 'Write the name of the host as it is.',
			};
		}

		const isLiteral = isAddress(host);
		if (isLiteral && addressKind(host) !== 'private') {
			return {
				message: `is \`${text}\`, which is no address of the local network`,
				fix: 'Use its name, in an entry without `privateNetwork`.',
			};
		}

		if (!isWildcard || isLiteral) {
			return undefined;
		}

		return parse(host, {allowPrivateDomains: true}).publicSuffix === host || sharedParents.has(host)
			? {
					message: `is \`${text}\`, and anyone can own a name below \`${host}\``,
					fix: `Name the hosts the plugin speaks to, for example \`api.${host}\`.`,
				}
			: undefined;
	};
}

function spellingFix(text: string): string {
	const host = /[*\s]/.test(text) ? undefined : URL.parse(text.includes('://') ? text : `https://${text}`)?.hostname.replace(/\.$/, '');
	return host !== undefined && host !== text && 'pattern' in parseHostPattern(host)
		? `Write \`${host}\`.`
		: 'Write a name like `api.example.com`, or `*.example.com` for everything below one.';
}
