import {failure, type Failure} from '../failure/failure.ts';
import {type Outcome} from '../failure/outcome.ts';

/** Whose secret it is. A copy of a plugin from another place has another key, so it inherits nothing. */
export type SecretName = {
	/** Where the plugin comes from or who publishes it, and its id: `bundled/hetzner`. */
	readonly plugin: string;
	/** As the manifest names it: `token`. */
	readonly name: string;
};

/** `environment` is a variable of this process, `keychain` that of the operating system, `file` the encrypted file of cws. */
export type SecretPlace = 'environment' | 'keychain' | 'file';

/** That there is a secret and where; never its value. */
export type SecretEntry = SecretName & {
	readonly place: SecretPlace;
	/** The variable, where it comes from one. */
	readonly from?: string;
	/** Epoch milliseconds; absent where nobody wrote it down. */
	readonly setAt?: number;
};

/**
Where secrets are kept. Values come out of `get` only; no failure, log line or list ever has one.
The host asks it, plugins never see it.
*/
export type SecretStore = {
	readonly has: (secret: SecretName) => Promise<Outcome<boolean>>;
	/** Undefined when there is none; an unreadable store is a failure. */
	readonly get: (secret: SecretName) => Promise<Outcome<string | undefined>>;
	readonly set: (secret: SecretName, value: string) => Promise<Outcome<SecretEntry>>;
	/** Whether there was one. */
	readonly delete: (secret: SecretName) => Promise<Outcome<boolean>>;
	/** All of them, or those of one plugin, in order. */
	readonly list: (plugin?: string) => Promise<Outcome<readonly SecretEntry[]>>;
};

/** The id behind the last slash of a plugin's key. */
export const pluginOfKey = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** What a call says that needs a secret nobody has set. `plugin` is the id. */
export const missingSecret = ({plugin, name, title}: SecretName & {readonly title?: string}): Failure =>
	failure('CWS_SECRET_MISSING', {
		message: `\`${plugin}\` needs its secret \`${name}\`${title === undefined ? '' : ` (${title})`}, and it is not set.`,
		fix: `cws secrets set ${plugin} ${name}`,
		details: {plugin, secret: name},
	});
