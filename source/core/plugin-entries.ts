import {type Manifest} from './manifest.ts';
import {coerceOptions} from './schema/plugin-options.ts';
import {type SettingEntry} from './settings.ts';

/**
All settings with those of the plugins as their schemas mean them: every field of a schema has an entry, with the default where no
source gives another value.
*/
export function withPluginEntries(entries: readonly SettingEntry[], manifests: readonly Manifest[]): readonly SettingEntry[] {
	const ofPlugins = manifests.flatMap(({id, config}) => {
		const prefix = `plugins.${id}.`;
		const given = entries
			.filter(({key}) => key.startsWith(prefix))
			.map((entry): SettingEntry => {
				const [[name, value] = ['', undefined]] = Object.entries(coerceOptions(config, {[entry.key.slice(prefix.length)]: entry.value}));
				return {...entry, key: prefix + name, value};
			});
		const defaults = Object.entries(config?.properties ?? {})
			.filter(([name]) => !given.some(({key}) => key === prefix + name))
			.map(([name, {default: value}]): SettingEntry => ({key: prefix + name, value, source: 'default', from: 'plugin.json'}));
		return [...given, ...defaults].toSorted((a, b) => (a.key < b.key ? -1 : 1));
	});
	const prefixes = manifests.map(({id}) => `plugins.${id}.`);
	return [...entries.filter(({key}) => !prefixes.some(prefix => key.startsWith(prefix))), ...ofPlugins];
}
