import {providerError} from 'cws/sdk';
import {textAt} from '../read.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The value of an answer; undefined where there is none. What is no JSON is a failure, unless it says what went wrong. */
export function parse(text: string, status: number, account: string): unknown {
	if (text.trim() === '') {
		return undefined;
	}

	try {
		return JSON.parse(text) as unknown;
	} catch {
		if (status >= 400) {
			return undefined;
		}

		throw providerError('CWS_PROVIDER_FAILED', {
			message: `\`${account}\` answered with something that is not JSON.`,
			cause: text.slice(0, 200),
			fix: 'see whether a Docker or a Podman listens there at all',
		});
	}
}

/** What an engine says of its refusal. */
export function messageOf(text: string): string {
	try {
		return textAt(JSON.parse(text), 'message') ?? '';
	} catch {
		return text.slice(0, 1000).trim();
	}
}

/** When a limit of requests ends. */
export function retryAfter(header: string | readonly string[] | undefined): {readonly retryAfterMs?: number} {
	const seconds = Number(header);
	return Number.isFinite(seconds) && seconds > 0 ? {retryAfterMs: seconds * 1000} : {};
}

export function formatQuery(query: Query = {}): string {
	const parts = Object.entries(query)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
	return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
