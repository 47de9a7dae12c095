import {ok, type Outcome} from '../../core/failure/outcome.ts';
import {type SecretStore} from '../../core/ports/secrets.ts';
import {type Login} from './find-login.ts';

type Kept = Pick<Login, 'key' | 'secrets'>;

/** Values of the secrets of a login, for a moment: so that one that fails leaves what was there. */
export async function readTokens(
	secrets: SecretStore,
	{key, secrets: names}: Kept,
): Promise<Outcome<ReadonlyMap<string, string | undefined>>> {
	const values = new Map<string, string | undefined>();
	for (const name of names) {
		const value = await secrets.get({plugin: key, name});
		if (!value.ok) {
			return value;
		}

		values.set(name, value.value);
	}

	return ok(values);
}

/** Puts back what a login changed. */
export async function restoreTokens(secrets: SecretStore, login: Kept, before: ReadonlyMap<string, string | undefined>): Promise<void> {
	const now = await readTokens(secrets, login);
	for (const [name, value] of now.ok ? before : []) {
		if (now.ok && now.value.get(name) !== value) {
			const secret = {plugin: login.key, name};
			await (value === undefined ? secrets.delete(secret) : secrets.set(secret, value));
		}
	}
}

/** Deletes them, but those in variables, which belong to who set them. */
export async function forgetTokens(secrets: SecretStore, {key, secrets: names}: Kept): Promise<Outcome<undefined>> {
	const listed = names.length === 0 ? ok([]) : await secrets.list(key);
	if (!listed.ok) {
		return listed;
	}

	for (const entry of listed.value) {
		const deleted =
			names.includes(entry.name) && entry.from === undefined ? await secrets.delete({plugin: key, name: entry.name}) : ok(true);
		if (!deleted.ok) {
			return deleted;
		}
	}

	return ok(undefined);
}

// So much of a token may be seen, and only of one that is long enough to stay unknown.
const [first, last, enough] = [4, 4, 24];

/** The token of a login as a person may see it, to tell two apart. */
export async function maskedToken(secrets: SecretStore, {key, secrets: [name]}: Kept): Promise<string | undefined> {
	const value = name === undefined ? ok(undefined) : await secrets.get({plugin: key, name});
	const token = value.ok ? value.value : undefined;
	return token === undefined ? undefined : token.length < enough ? '…' : `${token.slice(0, first)}…${token.slice(-last)}`;
}
