import {failure, FailureError} from '../../core/failure/failure.ts';
import {type SecretName} from '../../core/ports/secrets.ts';
import {type FileKey} from './file-key.ts';
import {seal, unseal} from './seal.ts';
import {type SecretsDocument, type StoredSecret} from './secrets-document.ts';

export const isSameSecret = (a: SecretName, b: SecretName): boolean => a.plugin === b.plugin && a.name === b.name;

export const withoutSecret = (document: SecretsDocument, secret: SecretName): SecretsDocument => ({
	...document,
	secrets: document.secrets.filter(stored => !isSameSecret(stored, secret)),
});

/** The value of a stored secret; throws `FailureError` when it does not open. */
export function openSecret(key: Buffer, stored: StoredSecret): string {
	const value = unseal(key, stored.sealed!, aboutOf(stored));
	if (value === undefined) {
		throw new FailureError(
			failure('CWS_SECRETS', {
				message: `The secret \`${stored.name}\` of \`${stored.plugin}\` is damaged and does not open.`,
				fix: 'set it again with `cws secrets set PLUGIN NAME`',
			}),
		);
	}

	return value;
}

/** The document with one more secret in it; all of them are sealed anew when a passphrase takes the place of the key file. */
export async function addSealed(
	document: SecretsDocument,
	{secret, value, setAt, fileKey}: {readonly secret: SecretName; readonly value: string; readonly setAt: number; readonly fileKey: FileKey},
): Promise<SecretsDocument> {
	const {plugin, name} = secret;
	const rest = withoutSecret(document, secret);
	if (document.key !== undefined && (document.key.kind === fileKey.wantedKind || document.key.kind === 'passphrase')) {
		const sealed = seal(await fileKey.open(document.key), value, aboutOf(secret));
		return {...rest, secrets: [...rest.secrets, {plugin, name, setAt, sealed}]};
	}

	const old = document.key && (await fileKey.open(document.key));
	const {key, sealing} = await fileKey.make();
	const resealed = rest.secrets.map(stored =>
		stored.sealed && old ? {...stored, sealed: seal(key, openSecret(old, stored), aboutOf(stored))} : stored,
	);
	return {version: 1, key: sealing, secrets: [...resealed, {plugin, name, setAt, sealed: seal(key, value, aboutOf(secret))}]};
}

const aboutOf = ({plugin, name}: SecretName): string => JSON.stringify([plugin, name]);
