import {type BrokerLimits} from '../limits.ts';
import {readRecord} from '../read-arguments.ts';
import {wrongArgument} from '../refusals.ts';

/** The host decides where a request goes and how it is framed; these are not the plugin's to set. */
const reserved =
	/^(?:host|connection|keep-alive|transfer-encoding|content-length|te|trailer|upgrade|expect|http2-settings|forwarded|via|x-forwarded-.*|proxy-.*|sec-.*|:.*)$/;
const token = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const line = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;
const secretive =
	/^(?:authorization|cookie2?|(?:x-)?api-?key|x-auth-.*|x-amz-.*|x-goog-.*|x-ms-.*|private-token|deploy-token|x-.*-(?:token|key|secret))$/;

/**
Reads the headers a plugin wants. Those that would smuggle something are left out, and told: a second line, a strange name, one that
belongs to the connection.
*/
export function readHeaders(
	value: unknown,
	{headerCount, headerLength}: Pick<BrokerLimits, 'headerCount' | 'headerLength'>,
): {readonly headers: Readonly<Record<string, string>>; readonly dropped: readonly string[]} {
	const entries = Object.entries(readRecord(value, 'headers'));
	if (entries.length > headerCount) {
		throw wrongArgument(`\`headers\` must be at most ${headerCount}.`);
	}

	const headers: Record<string, string> = {};
	const dropped: string[] = [];
	for (const [written, text] of entries) {
		const name = written.toLowerCase();
		if (typeof text === 'string' && token.test(name) && !reserved.test(name) && text.length <= headerLength && line.test(text)) {
			headers[name] = text;
		} else {
			dropped.push(written);
		}
	}

	return {headers, dropped};
}

/** What is left of the headers when a redirect leads to another origin: nothing that says who asks. */
export const withoutCredentials = (
	headers: Readonly<Record<string, string>>,
	injected: string | undefined,
): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(headers).filter(([name]) => name !== injected && !secretive.test(name)));

/** What is left when a redirect turns the request into a GET. */
export const withoutBody = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')));
