import {failure, type Failure} from './failure/failure.ts';
import {type Manifest} from './manifest.ts';
import {isSecretField, readSecretReference} from './secret-reference.ts';
import {type Validate} from './schema/validate.ts';
import {coerceOptions} from './schema/plugin-options.ts';
import {redacted} from './text/redact.ts';
import {type SettingEntry} from './settings.ts';

/**
All settings with those of the plugins as their schemas mean them: every field of a schema has an entry, with the default where no
source gives another value. A field that is a secret shows none.
*/
export function withPluginEntries(entries: readonly SettingEntry[], manifests: readonly Manifest[]): readonly SettingEntry[] {
	const ofPlugins = manifests.flatMap(({id, config}) => {
		const prefix = `plugins.${id}.`;
		const given = entries
			.filter(({key}) => key.startsWith(prefix))
			.map((entry): SettingEntry => {
				const [[name, value] = ['', undefined]] = Object.entries(coerceOptions(config, {[entry.key.slice(prefix.length)]: entry.value}));
				// A reference says where a secret is, and not which.
				const isSecret = isSecretField(config?.properties?.[name]) && readSecretReference(value) === undefined;
				return {...entry, key: prefix + name, value: isSecret ? redacted : value};
			});
		const defaults = Object.entries(config?.properties ?? {})
			.filter(([name]) => !given.some(({key}) => key === prefix + name))
			.map(([name, {default: value}]): SettingEntry => ({key: prefix + name, value, source: 'default', from: 'plugin.json'}));
		return [...given, ...defaults].toSorted((a, b) => (a.key < b.key ? -1 : 1));
	});
	const prefixes = manifests.map(({id}) => `plugins.${id}.`);
	return [...entries.filter(({key}) => !prefixes.some(prefix => key.startsWith(prefix))), ...ofPlugins];
}

/** What is wrong with the options of plugins, with the field, the value's place and the fix; `entries` are those of `withPluginEntries`. */
export function pluginEntryProblems(
	entries: readonly SettingEntry[],
	manifests: readonly Manifest[],
	validate: Validate,
): readonly Failure[] {
	return manifests.flatMap(({id, config = {}}) => {
		const prefix = `plugins.${id}.`;
		const given = entries.filter(
			({key, value}) => key.startsWith(prefix) && value !== undefined && !ownFields.has(key.slice(prefix.length)),
		);
		const placeOf = (field: string) => {
			const {source, from} = given.find(({key}) => key === prefix + field || `${prefix}${field}`.startsWith(`${key}.`)) ?? {};
			return source === undefined || source === 'default' ? {} : {cause: `it comes from ${from ?? source}`};
		};

		const plain = given.filter(
			// A variable is how a machine without a person gives one.
			({key, source, value}) =>
				source !== 'default' &&
				source !== 'environment' &&
				isSecretField(config.properties?.[key.slice(prefix.length)]) &&
				readSecretReference(value) === undefined,
		);
		return [
			...validate(config, Object.fromEntries(given.map(({key, value}) => [key.slice(prefix.length), value]))).map(
				({field, message, nearest}) =>
					failure('CWS_CONFIG', {
						message: `\`${prefix}${field}\` ${message}.`,
						...placeOf(field),
						fix: nearest === undefined ? `cws config set ${prefix}${field} VALUE` : `did you mean \`${nearest}\`?`,
						details: {key: prefix + field, field},
					}),
			),
			...plain.map(({key}) =>
				failure('CWS_CONFIG', {
					message: `\`${key}\` is a secret and lies readable in the configuration.`,
					...placeOf(key.slice(prefix.length)),
					fix: `cws secrets set ${id} ${key.slice(prefix.length)}, then remove it there`,
					details: {key},
				}),
			),
		];
	});
}

// Of cws itself, among the options of a plugin.
const ownFields: ReadonlySet<string> = new Set(['enabled', 'isolation']);
