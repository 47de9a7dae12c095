import {type AuthStatus, type LoginFlow, type LoginStep} from '../core/login.ts';
import {type CallContext} from './provider.ts';

/**
What stands behind a `contributes.authProviders` entry, as `auth.<handler>` of the plugin. Tokens belong into the secrets that the
entry names: `keep` of a request puts them there out of the answer of a login, and `auth` uses them, so that the plugin sees none.
They are never part of an answer, a log or an event.
*/
export type AuthProvider = {
	/**
	Begins a login by one of the entry's flows, or goes on with one (`answer`, `continue`). Gives the next step until it is `done`.
	A refused credential is an error (`CWS_NEEDS_LOGIN`).
	*/
	readonly login: (
		request: {readonly flow: LoginFlow; readonly answer?: string; readonly continue?: boolean},
		call: CallContext,
	) => Promise<LoginStep> | LoginStep;
	/** As the other side sees it now where that can be asked cheaply. */
	readonly status: (call: CallContext) => Promise<AuthStatus> | AuthStatus;
	/** A new token for one that runs out; `CWS_NEEDS_LOGIN` when only a person can get one. */
	readonly refresh: (call: CallContext) => Promise<AuthStatus> | AuthStatus;
	/**
	Revokes it there where that is possible, and forgets it here in any case. Without a login it does nothing. The host deletes the
	secrets of the entry afterwards, whatever came of it.
	*/
	readonly logout: (call: CallContext) => Promise<AuthStatus> | AuthStatus;
};
