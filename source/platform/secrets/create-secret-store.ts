import {failure, FailureError, toFailure, type Failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type SecretEntry, type SecretName, type SecretStore} from '../../core/ports/secrets.ts';
import {type Redactor} from '../../core/text/redact.ts';
import {findVariable, secretVariable, variableEntries, type SecretVariables} from './environment-secrets.ts';
import {createFileKey} from './file-key.ts';
import {type Keychain} from './keychain.ts';
import {createKnownValues} from './known-values.ts';
import {addSealed, isSameSecret, openSecret, withoutSecret} from './sealed-secrets.ts';
import {passphraseCost} from './seal.ts';
import {emptyDocument, type SecretsDocument, type StoredSecret} from './secrets-document.ts';
import {createSecretsFile} from './secrets-file.ts';

export type SecretPlaceSetting = 'auto' | 'keychain' | 'file';

export type OpenSecretStore = SecretStore & {
	/** Takes every value that this process has seen out of a text. */
	readonly redact: Redactor;
	/** Where a secret that is set now would be kept. */
	readonly place: () => Promise<'keychain' | 'file'>;
	readonly close: () => void;
};

type Options = {
	/** Of `secrets.json` and `secrets.key`. */
	readonly paths: {readonly secrets: string; readonly key: string};
	readonly variables: SecretVariables;
	readonly keychain: Keychain;
	/** `auto` takes the keychain where one answers. */
	readonly place: SecretPlaceSetting;
	readonly clock: Pick<Clock, 'now'>;
	readonly onProblem: (problem: Failure) => void;
	/** Of scrypt for a passphrase; a power of two. */
	readonly cost?: number;
};

/** The longest value: a key file with its chain of certificates fits. */
export const longestSecret = 65_536;

/**
Variables first, then the place each secret was put: the keychain of the operating system, or a value sealed in `secrets.json`.
That file lists the names of all of them, so that looking whether there is one asks no keychain.
*/
export function createSecretStore({paths, variables, keychain, place, clock, onProblem, cost = passphraseCost}: Options): OpenSecretStore {
	const known = createKnownValues([...variables.values.values(), ...(variables.passphrase === undefined ? [] : [variables.passphrase])]);
	const fileKey = createFileKey({passphrase: variables.passphrase, keyFile: paths.key, secretsFile: paths.secrets, cost, onProblem});
	const file = createSecretsFile({path: paths.secrets, now: clock.now, recover: recoverNames, onProblem});

	return {
		redact: known.redact,
		place: async () => (place === 'keychain' || (place === 'auto' && (await keychain.probe()).ok) ? 'keychain' : 'file'),
		close: keychain.close,
		has: async secret => attempt(async () => findVariable(variables, secret) !== undefined || (await find(secret)) !== undefined),
		get: async secret =>
			attempt(async () => {
				const variable = findVariable(variables, secret);
				const value = variable === undefined ? await read(secret) : variables.values.get(variable);
				if (value !== undefined) {
					known.add(value);
				}

				return value;
			}),
		set: async (secret, value) =>
			attempt(async () => {
				checkSecret(secret, value);
				known.add(value);
				const setAt = clock.now();
				const {plugin, name} = secret;
				if (await putIntoKeychain(secret, value)) {
					await file.change(async document => ({
						...withoutSecret(document, secret),
						secrets: [...withoutSecret(document, secret).secrets, {plugin, name, setAt}],
					}));
					return {plugin, name, place: 'keychain', setAt} as const;
				}

				let isResealed = false;
				await file.change(async document => {
					const changed = await addSealed(document, {secret, value, setAt, fileKey});
					isResealed = document.key?.kind === 'file' && changed.key?.kind === 'passphrase';
					return changed;
				});
				if (isResealed) {
					fileKey.dropKeyFile();
				}

				return {plugin, name, place: 'file', setAt} as const;
			}),
		delete: async secret =>
			attempt(async () => {
				const stored = await find(secret);
				if (stored === undefined) {
					return false;
				}

				if (stored.sealed === undefined) {
					unwrap(await keychain.delete(secret));
				}

				await file.change(async document => withoutSecret(document, secret));
				return true;
			}),
		list: async plugin =>
			attempt(async () => {
				const {secrets} = await file.read();
				const entries = secrets.map(stored => entryOf(stored));
				const alone = variableEntries(variables).filter(({from}) => !entries.some(entry => entry.from === from));
				return [...entries, ...alone]
					.filter(entry => plugin === undefined || entry.plugin === plugin)
					.toSorted((a, b) => compare(a.plugin, b.plugin) || compare(a.name, b.name));
			}),
	};

	async function find(secret: SecretName): Promise<StoredSecret | undefined> {
		const {secrets} = await file.read();
		return secrets.find(stored => isSameSecret(stored, secret));
	}

	async function read(secret: SecretName): Promise<string | undefined> {
		const {key, secrets} = await file.read();
		const stored = secrets.find(one => isSameSecret(one, secret));
		if (stored === undefined) {
			return undefined;
		}

		return stored.sealed === undefined ? unwrap(await keychain.get(secret)) : openSecret(await fileKey.open(key!), stored);
	}

	// A keychain may also refuse a value: that of Windows takes 2,560 bytes.
	async function putIntoKeychain(secret: SecretName, value: string): Promise<boolean> {
		if (place === 'file') {
			return false;
		}

		const probed = await keychain.probe();
		const put = probed.ok ? await keychain.set(secret, value) : probed;
		if (!put.ok && place === 'keychain') {
			throw new FailureError({...put.error, fix: 'unlock it, or set `secrets.place` to `auto` to allow the sealed file'});
		}

		return put.ok;
	}

	// The values in the keychain are still there when the list of names is lost.
	async function recoverNames(): Promise<SecretsDocument> {
		const probed = place === 'file' ? undefined : await keychain.probe();
		const names = probed?.ok ? await keychain.list() : undefined;
		const setAt = clock.now();
		return names?.ok ? {...emptyDocument, secrets: names.value.map(({plugin, name}) => ({plugin, name, setAt}))} : emptyDocument;
	}

	function entryOf({plugin, name, setAt, sealed}: StoredSecret): SecretEntry {
		const from = findVariable(variables, {plugin, name});
		return from === undefined
			? {plugin, name, place: sealed === undefined ? 'keychain' : 'file', setAt}
			: {plugin, name, place: 'environment', from};
	}

	async function attempt<Value>(run: () => Promise<Value>): Promise<Outcome<Value>> {
		try {
			return ok(await run());
		} catch (error) {
			const {cause, ...rest} = toFailure(error, 'CWS_SECRETS');
			return failed({...rest, message: known.redact(rest.message), ...(cause === undefined ? {} : {cause: known.redact(cause)})});
		}
	}
}

function checkSecret({plugin, name}: SecretName, value: string): void {
	const problem = /^[a-z][\w-]{0,63}$/i.test(name)
		? value.trim() === ''
			? 'the value is empty'
			: value.length > longestSecret
				? `the value is longer than ${longestSecret} characters`
				: value.includes('\0')
					? 'the value has a NUL in it'
					: undefined
		: 'a name starts with a letter and has at most 64 letters, digits, `_` and `-`';
	if (problem !== undefined) {
		throw new FailureError(
			failure('CWS_INVALID_INPUT', {
				message: `The secret \`${name}\` of \`${plugin}\` was not set: ${problem}.`,
				fix: `\`cws secrets set\`, or the variable \`${secretVariable({plugin, name})}\``,
			}),
		);
	}
}

function unwrap<Value>(outcome: Outcome<Value>): Value {
	if (!outcome.ok) {
		throw new FailureError(outcome.error);
	}

	return outcome.value;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
