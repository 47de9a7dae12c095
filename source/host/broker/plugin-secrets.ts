import {FailureError} from '../../core/failure/failure.ts';
import {type PermissionSet, type SecretPermission} from '../../core/manifest/permissions.ts';
import {injectionOf, secretHosts} from '../../core/permissions/covers.ts';
import {hostOf, hostPatterns, matchesHost, portOf} from '../../core/permissions/host-pattern.ts';
import {missingSecret, type SecretStore} from '../../core/ports/secrets.ts';
import {readSecretReference} from '../../core/secret-reference.ts';
import {type LiveRedactor} from './live-redactor.ts';
import {type Capabilities} from './capability.ts';
import {readText} from './read-arguments.ts';
import {denied} from './refusals.ts';

/** The secrets of one plugin: what was granted, and the values for the host's own use. */
export type PluginSecrets = {
	readonly isEmpty: boolean;
	readonly find: (name: string) => SecretPermission;
	/** Without reading it: a keychain may ask the person. */
	readonly has: (name: string) => Promise<boolean>;
	readonly value: (name: string) => Promise<string | undefined>;
	readonly save: (name: string, value: string) => Promise<void>;
	/** How a secret goes to this address. Throws when it is not for it, or nobody has set it. */
	readonly useFor: (name: string, url: URL) => Promise<SecretUse>;
};

/** The value of a secret, as it stands in a header or in a field of the body. */
export type SecretUse = {readonly plugin: string; readonly secret: string; readonly value: string} & (
	| {readonly header: string; readonly field?: never}
	| {readonly field: string; readonly header?: never}
);

type Options = {
	readonly id: string;
	/** Of `pluginKey`. */
	readonly key: string;
	readonly granted: PermissionSet;
	readonly secrets: SecretStore;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly redactor: LiveRedactor;
};

export function createPluginSecrets({id, key, granted, secrets, environment, redactor}: Options): PluginSecrets {
	const variables = new Set((granted.env ?? []).filter(({as}) => as === 'secret').map(({name}) => name));
	// A variable that is a secret need not be described a second time; where it is, that says how it is sent.
	const named = new Map<string, SecretPermission>([...variables].map(name => [name, {name, title: name}]));
	for (const entry of granted.secrets ?? []) {
		named.set(entry.name, entry);
	}

	function find(name: string): SecretPermission {
		const entry = named.get(name);
		if (entry === undefined) {
			throw denied(`\`${id}\` has no secret \`${name}\`.`);
		}

		return entry;
	}

	async function value(name: string): Promise<string | undefined> {
		find(name);
		const fromVariable = variables.has(name) ? environment[name] : undefined;
		const found = fromVariable || (await read(name));
		if (found !== undefined) {
			redactor.learn(found);
		}

		return found;
	}

	async function has(name: string): Promise<boolean> {
		find(name);
		if (variables.has(name) && environment[name]) {
			return true;
		}

		const outcome = await secrets.has({plugin: key, name});
		if (!outcome.ok) {
			throw new FailureError(outcome.error);
		}

		return outcome.value;
	}

	async function read(name: string): Promise<string | undefined> {
		const outcome = await secrets.get({plugin: key, name});
		if (!outcome.ok) {
			throw new FailureError(outcome.error);
		}

		return outcome.value;
	}

	return {
		isEmpty: named.size === 0,
		find,
		has,
		value,
		async save(name, text) {
			find(name);
			redactor.learn(text);
			const outcome = await secrets.set({plugin: key, name}, text);
			if (!outcome.ok) {
				throw new FailureError(outcome.error);
			}
		},
		async useFor(wanted, url) {
			// An option of the plugin may name it, as a reference.
			const reference = readSecretReference(wanted);
			const name = reference?.plugin === id ? reference.name : wanted;
			const entry = find(name);
			const host = hostOf(url);
			if (!hostPatterns(secretHosts(entry, granted), true).some(pattern => matchesHost(pattern, host, portOf(url)))) {
				throw denied(`\`${id}\` may not send its secret \`${name}\` to \`${host}\`.`);
			}

			const found = await value(name);
			if (found === undefined) {
				throw new FailureError(missingSecret({plugin: id, name, title: entry.title}));
			}

			const use = {plugin: id, secret: name};
			const injection = injectionOf(entry);
			return 'field' in injection
				? {...use, field: injection.field, value: found.trim()}
				: {...use, header: injection.header, value: injection.template.replace('{}', () => found.trim())};
		},
	};
}

/** `secrets.has`, and `secrets.read` for those that were granted to be read. Asking for one is the person's matter, see `createPerson`. */
export function secretHandlers(plugin: string, {secrets: granted = []}: PermissionSet, secrets: PluginSecrets): Capabilities {
	const nameOf = (args: readonly unknown[]): string => readText(args[0], 'name', 100);
	const readable = new Set(granted.filter(({read}) => read === true).map(({name}) => name));
	return {
		...(!secrets.isEmpty && {'secrets.has': async args => secrets.has(nameOf(args))}),
		...(readable.size > 0 && {
			'secrets.read': async args => {
				const name = nameOf(args);
				if (!readable.has(name)) {
					throw denied(`\`${plugin}\` may not read the secret \`${name}\`, only use it.`);
				}

				return (await secrets.value(name)) ?? null;
			},
		}),
	} satisfies Capabilities;
}

/** `env.get`, for what was granted as it stands. */
export function variableHandlers(
	plugin: string,
	{env = []}: PermissionSet,
	environment: Readonly<Record<string, string | undefined>>,
): Capabilities {
	const variables = new Set(env.filter(({as}) => as === undefined).map(({name}) => name));
	if (variables.size === 0) {
		return {};
	}

	return {
		'env.get': async args => {
			const name = readText(args[0], 'name', 256);
			if (!variables.has(name)) {
				throw denied(`\`${plugin}\` may not read the variable \`${name}\`.`);
			}

			return environment[name] ?? null;
		},
	};
}
