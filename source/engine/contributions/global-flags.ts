import {type GlobalFlagContribution} from '../../core/manifest/contributions.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {toCamel, toKebab} from '../../core/text/kebab.ts';
import {globalFlagNames} from '../../core/verb-words.ts';
import {isPresent} from '../../core/plugin-presence.ts';
import {type ContributionProblem} from './contribution-problem.ts';

/** A flag that a plugin adds to verbs. What it is given is an option of the plugin for this one run, over every other source. */
export type PluginFlag = {
	readonly plugin: string;
	/** The option of the plugin's `config` it sets. */
	readonly option: string;
	/** As it is read, in camel case: the plugin's id comes before it where the name alone is taken. */
	readonly name: string;
	readonly flag: GlobalFlagContribution;
};

type VerbFlags = {readonly name: string; readonly flags: readonly string[]; readonly letters?: readonly string[]};

/** The flags plugins add to one verb, and those that cannot be had there. */
export function pluginFlags(
	plugins: readonly PluginRecord[],
	verb: VerbFlags,
): {readonly flags: readonly PluginFlag[]; readonly problems: readonly ContributionProblem[]} {
	const taken = new Set([...globalFlagNames, ...verb.flags]);
	const letters = new Set(['h', ...(verb.letters ?? [])]);
	const flags: PluginFlag[] = [];
	const problems: ContributionProblem[] = [];
	for (const {id, manifest} of plugins.filter(record => isPresent(record))) {
		for (const flag of manifest.contributes?.flags ?? []) {
			if (flag.verbs !== undefined && !flag.verbs.includes(verb.name)) {
				continue;
			}

			const what = `flag --${toKebab(flag.name)}`;
			if (manifest.config?.properties?.[flag.name] === undefined) {
				problems.push({
					plugin: id,
					what,
					message: `The flag \`--${toKebab(flag.name)}\` of \`${id}\` is left out, as the plugin has no option \`${flag.name}\` to set.`,
					fix: 'Its author has to add the option to `config` in plugin.json.',
				});
				continue;
			}

			const isTaken = taken.has(flag.name);
			const name = isTaken ? toCamel(`${id}-${toKebab(flag.name)}`) : flag.name;
			if (taken.has(name)) {
				continue;
			}

			if (isTaken) {
				problems.push({
					plugin: id,
					what,
					message: `The flag \`--${toKebab(flag.name)}\` of \`${id}\` is taken, and is \`--${toKebab(name)}\` instead.`,
					fix: `Use \`--${toKebab(name)}\`.`,
				});
			}

			taken.add(name);
			const {alias, ...rest} = flag;
			const isFree = alias !== undefined && !isTaken && !letters.has(alias);
			if (isFree) {
				letters.add(alias);
			}

			flags.push({plugin: id, option: flag.name, name, flag: isFree ? flag : rest});
		}
	}

	return {flags, problems};
}
