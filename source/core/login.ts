/** Who is logged in. A token is never part of it. */
export type AuthStatus = {
	readonly state: 'in' | 'out' | 'expired';
	/** Whom the other side knows one as. */
	readonly account?: string;
	readonly scopes?: readonly string[];
	/** Epoch milliseconds. */
	readonly expiresAt?: number;
	/** First and last characters of the token, at most eight and four of them, with `…` between. */
	readonly masked?: string;
	/** What a person has to do, where something is wrong. */
	readonly fix?: string;
};

export const loginFlows = ['browser', 'device', 'manual'] as const;
/** How a person logs in: in a browser on this machine, with a code on any machine, or by pasting something. */
export type LoginFlow = (typeof loginFlows)[number];

/** Open this address; the login goes on by itself, and the plugin is asked again with `continue`. */
export type BrowserStep = {readonly kind: 'browser'; readonly url: string; readonly expiresAt?: number};

/** Type this code there; the plugin is asked again with `continue` after so many seconds. */
export type DeviceStep = {
	readonly kind: 'device';
	readonly url: string;
	readonly code: string;
	readonly everySeconds: number;
	readonly expiresAt?: number;
};

/**
Paste something: a token or a code. The host asks without an echo, and gives it as `answer`; with `secret` it keeps it as that secret
of the plugin instead, and the plugin is asked again with `continue`, without ever seeing it.
*/
export type ManualStep = {readonly kind: 'manual'; readonly prompt: string; readonly url?: string; readonly secret?: string};

/** What a login asks of the person next, or that it is done. */
export type LoginStep = {readonly kind: 'done'; readonly status: AuthStatus} | BrowserStep | DeviceStep | ManualStep;
