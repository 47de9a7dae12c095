import {type PluginRecord} from '../../core/plugin.ts';
import {verbAliases} from '../../core/verb-words.ts';
import {listPlugins} from '../../app/list-plugins.ts';
import {commandsUnder, findCommand, pluginCommands} from '../../engine/contributions/commands.ts';
import {pluginFlags} from '../../engine/contributions/global-flags.ts';
import {type Verb} from '../shared/verb.ts';
import {leadingWords} from './leading-words.ts';
import {toFlagSpec, toVerb} from './to-verb.ts';

/** What manifests say, for a command line that is not parsed yet: only where to look is read from it. */
export function pluginsFor(argv: readonly string[]): readonly PluginRecord[] {
	const valuesOf = (flag: string) =>
		argv.flatMap((word, index) =>
			word === flag ? (argv[index + 1] ?? []) : word.startsWith(`${flag}=`) ? word.slice(flag.length + 1) : [],
		);
	return listPlugins({
		environment: process.env,
		cwd: process.cwd(),
		configFile: valuesOf('--config').at(-1),
		pluginDirs: valuesOf('--plugin-dir'),
	});
}

/** The command of a plugin a line names, and what stands behind its words. */
export function findPluginVerb(
	plugins: readonly PluginRecord[],
	argv: readonly string[],
): {readonly verb: Verb; readonly rest: readonly string[]} | undefined {
	const tree = pluginCommands(plugins);
	const found = findCommand(tree, leadingWords(argv));
	return found && {verb: toVerb(tree, found.command), rest: argv.slice(found.length)};
}

/** A verb with what plugins add to it: flags, and commands under it. */
export function withPlugins(verb: Verb, plugins: readonly PluginRecord[]): Verb {
	const letters = Object.values(verb.flags ?? {}).flatMap(({alias}) => alias ?? []);
	const {flags} = pluginFlags(plugins, {name: verb.name, flags: Object.keys(verb.flags ?? {}), letters});
	const children = commandsUnder(pluginCommands(plugins), verbAliases[verb.name] ?? verb.name);
	return {
		...verb,
		pluginFlags: Object.fromEntries(flags.map(({name, plugin, option, flag}) => [name, {...toFlagSpec(flag), plugin, option}])),
		children: children.map(({contribution}) => ({name: contribution.name, short: contribution.short})),
	};
}
