import {failure, type Failure, FailureError, toFailure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {pluginKey} from '../../core/plugin-key.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {missingSecret, type SecretStore} from '../../core/ports/secrets.ts';
import {type JsonSchema} from '../../core/schema/json.ts';
import {coerceOptions} from '../../core/schema/plugin-options.ts';
import {askedSecrets, isSecretField, mayReadSecret, readSecretReference} from '../../core/secret-reference.ts';

type Options = Readonly<Record<string, unknown>>;
type Store = Pick<SecretStore, 'has' | 'get'>;

/**
Options with the secrets they name in place of the references, for the worker and for nobody else. An option that is a secret and has
no value means the secret of its own name. A plugin that may not read a secret keeps the reference, for `auth` of a request.
*/
export async function withSecrets(
	record: PluginRecord,
	options: Options | undefined,
	store: Store | undefined,
): Promise<Outcome<Options | undefined>> {
	const {manifest} = record;
	const given = coerceOptions(manifest.config, options ?? {});
	const unset = store === undefined ? [] : ownFields(record).filter(name => given[name] === undefined);
	if (unset.length === 0 && !mentions(given)) {
		return ok(options);
	}

	try {
		const resolved = Object.fromEntries(
			await Promise.all(
				Object.entries(given).map(
					async ([name, value]) => [name, await resolve(record, store, value, manifest.config?.properties?.[name], name)] as const,
				),
			),
		);
		const added = await Promise.all(unset.map(async name => [name, await ownValue(record, store, name)] as const));
		return ok({...resolved, ...Object.fromEntries(added.filter(([, value]) => value !== undefined))});
	} catch (error) {
		return failed(toFailure(error));
	}
}

const ownFields = ({manifest, origin}: PluginRecord): readonly string[] =>
	Object.entries(manifest.config?.properties ?? {})
		.filter(([name, schema]) => isSecretField(schema) && mayReadSecret(manifest, origin, name))
		.map(([name]) => name);

const mentions = (value: unknown): boolean =>
	typeof value === 'object' && value !== null
		? Object.values(value).some(inner => mentions(inner))
		: readSecretReference(value) !== undefined;

async function resolve(
	record: PluginRecord,
	store: Store | undefined,
	value: unknown,
	schema: JsonSchema | undefined,
	at: string,
): Promise<unknown> {
	if (typeof value === 'object' && value !== null) {
		const inner = (name: string) =>
			Array.isArray(value)
				? schema?.items
				: (schema?.properties?.[name] ?? (typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined));
		const entries = await Promise.all(
			Object.entries(value).map(async ([name, one]) => [name, await resolve(record, store, one, inner(name), `${at}.${name}`)] as const),
		);
		return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
	}

	const reference = readSecretReference(value);
	if (reference === undefined) {
		return value;
	}

	const wrong = problemOf(record, reference, isSecretField(schema), at);
	if (wrong !== undefined) {
		throw new FailureError(wrong);
	}

	const {id, manifest, origin} = record;
	const {name} = reference;
	if (!mayReadSecret(manifest, origin, name)) {
		return value;
	}

	const secret = {plugin: pluginKey(record), name};
	const found = await store?.get(secret);
	if (found?.ok === false) {
		throw new FailureError(found.error);
	}

	if (found?.value === undefined) {
		throw new FailureError(missingSecret({plugin: id, name, title: askedSecrets(manifest).find(one => one.name === name)?.title}));
	}

	return found.value;
}

async function ownValue(record: PluginRecord, store: Store | undefined, name: string): Promise<string | undefined> {
	const secret = {plugin: pluginKey(record), name};
	// A keychain may ask the person for what it has; for what it has not there is nothing to ask.
	const has = await store?.has(secret);
	const found = has?.ok === true && has.value ? await store?.get(secret) : undefined;
	return found?.ok === true ? found.value : undefined;
}

function problemOf(
	{id, manifest}: PluginRecord,
	{plugin, name}: {readonly plugin: string; readonly name: string},
	isField: boolean,
	at: string,
): Failure | undefined {
	const key = `plugins.${id}.${at}`;
	const names = askedSecrets(manifest).map(secret => secret.name);
	const wrong = (message: string, fix: string) => failure('CWS_CONFIG', {message, fix, details: {key, field: at}});
	return isField
		? plugin !== id
			? wrong(`\`${key}\` names a secret of \`${plugin}\`, and a plugin has its own only.`, `cws config set ${key} secret:${id}/${name}`)
			: names.includes(name)
				? undefined
				: wrong(
						`\`${key}\` names the secret \`${name}\`, which \`${id}\` does not ask for.`,
						`it asks for ${names.map(one => `\`${one}\``).join(', ')}`,
					)
		: wrong(`\`${key}\` is no option for a secret.`, `cws config unset ${key}`);
}
