import {type CallContext} from './provider.ts';

/** Who is logged in. A token is never part of it. */
export type AuthStatus = {
	readonly state: 'in' | 'out' | 'expired';
	/** Whom the other side knows one as. */
	readonly account?: string;
	readonly scopes?: readonly string[];
	/** Epoch milliseconds. */
	readonly expiresAt?: number;
	/** First and last characters of the token, at most eight and four of them. */
	readonly masked?: string;
	/** What a person has to do, where something is wrong. */
	readonly fix?: string;
};

/** What a login asks of the person next, or that it is done. */
export type LoginStep =
	| {readonly kind: 'done'; readonly status: AuthStatus}
	/** Open this address; the login goes on by itself, ask again with `continue`. */
	| {readonly kind: 'browser'; readonly url: string; readonly expiresAt?: number}
	/** Type this code there; ask again after so many seconds. */
	| {readonly kind: 'device'; readonly url: string; readonly code: string; readonly everySeconds: number; readonly expiresAt?: number}
	/** Paste something: a token or a code. The host asks without an echo, and gives it as `answer`. */
	| {readonly kind: 'manual'; readonly prompt: string; readonly url?: string};

/**
What stands behind a `contributes.authProviders` entry, as `auth.<handler>` of the plugin. Tokens belong into secrets or the
plugin's own files with mode 0600, never into an answer, a log or an event.
*/
export type AuthProvider = {
	/**
	Begins a login by one of the entry's flows, or goes on with one (`answer`, `continue`). Gives the next step until it is `done`.
	A refused credential is an error (`CWS_NEEDS_LOGIN`).
	*/
	readonly login: (
		request: {readonly flow: 'browser' | 'device' | 'manual'; readonly answer?: string; readonly continue?: boolean},
		call: CallContext,
	) => Promise<LoginStep> | LoginStep;
	/** As the other side sees it now where that can be asked cheaply. */
	readonly status: (call: CallContext) => Promise<AuthStatus> | AuthStatus;
	/** A new token for one that runs out; `CWS_NEEDS_LOGIN` when only a person can get one. */
	readonly refresh: (call: CallContext) => Promise<AuthStatus> | AuthStatus;
	/** Revokes it there where that is possible, and forgets it here in any case. Without a login it does nothing. */
	readonly logout: (call: CallContext) => Promise<AuthStatus> | AuthStatus;
};
