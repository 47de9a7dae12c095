import {type CommandContribution} from '../../core/manifest/contributions.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {verbAliases, verbWords} from '../../core/verb-words.ts';
import {isPresent} from '../../core/plugin-presence.ts';
import {type ContributionProblem} from './contribution-problem.ts';

/** A command of a plugin where it hangs. */
export type PluginCommand = {
	/** All its words: `analytics report`. */
	readonly path: string;
	/** Other ways to say it, each with all words. */
	readonly aliases: readonly string[];
	readonly plugin: string;
	readonly contribution: CommandContribution;
};

export type PluginCommands = {
	/** Parents before what hangs under them. */
	readonly commands: readonly PluginCommand[];
	/** By every word it can be called by. */
	readonly byWords: ReadonlyMap<string, PluginCommand>;
	readonly problems: readonly ContributionProblem[];
};

type Wanted = {readonly plugin: string; readonly contribution: CommandContribution};

const memo = new WeakMap<readonly PluginRecord[], PluginCommands>();

/** The commands of all plugins, read from their manifests: no plugin has to run for it. Of two of one name the first plugin's counts. */
export function pluginCommands(plugins: readonly PluginRecord[]): PluginCommands {
	const known = memo.get(plugins);
	if (known !== undefined) {
		return known;
	}

	const byWords = new Map<string, PluginCommand>();
	const commands: PluginCommand[] = [];
	const problems: ContributionProblem[] = [];
	let waiting: readonly Wanted[] = plugins
		.filter(record => isPresent(record))
		.flatMap(({id, manifest}) => (manifest.contributes?.commands ?? []).map(contribution => ({plugin: id, contribution})));
	for (;;) {
		const ready = waiting.filter(({contribution: {parent}}) => parent === undefined || parentPath(parent, byWords) !== undefined);
		for (const wanted of ready) {
			attach(wanted);
		}

		waiting = waiting.filter(wanted => !ready.includes(wanted));
		if (ready.length === 0) {
			break;
		}
	}

	problems.push(
		...waiting.map(({plugin, contribution: {name, parent = ''}}) => ({
			plugin,
			what: `command ${parent} ${name}`,
			message: `The command \`${name}\` of \`${plugin}\` hangs under \`${parent}\`, which is not there.`,
			fix: `Install or enable the plugin that has \`cws ${parent}\`, or mend \`parent\` in its plugin.json.`,
		})),
	);
	const result = {commands, byWords, problems};
	memo.set(plugins, result);
	return result;

	function attach({plugin, contribution}: Wanted) {
		const {name, parent, aliases = []} = contribution;
		const under = parent === undefined ? undefined : parentPath(parent, byWords)!;
		const full = (word: string) => (under === undefined ? word : `${under} ${word}`);
		const path = full(name);
		const taken = under !== undefined && verbWords[under]?.takesName === true ? 'names' : ownerOf(under, name, byWords);
		if (taken !== undefined) {
			problems.push({
				plugin,
				what: `command ${path}`,
				...(taken === 'names'
					? {
							message: `The command \`${path}\` of \`${plugin}\` cannot hang under \`cws ${under}\`, which takes a name there.`,
							fix: 'Its author has to choose another `parent`.',
						}
					: {
							message: `The command \`${path}\` of \`${plugin}\` is left out, as ${taken} has that name.`,
							fix: `Its author has to rename it, or disable one of the two: cws plugin disable ${plugin}`,
						}),
			});
			return;
		}

		const own = aliases.filter(alias => {
			const owner = ownerOf(under, alias, byWords);
			if (owner !== undefined) {
				problems.push({
					plugin,
					what: `alias ${full(alias)}`,
					message: `The alias \`${full(alias)}\` of \`${plugin}\` is left out, as ${owner} has that name.`,
					fix: `Use \`cws ${path}\`.`,
				});
			}

			return owner === undefined;
		});
		const command: PluginCommand = {path, aliases: own.map(alias => full(alias)), plugin, contribution};
		commands.push(command);
		for (const words of [path, ...command.aliases]) {
			byWords.set(words, command);
		}
	}
}

/** The whole way to a parent, with aliases replaced; undefined when there is none. */
function parentPath(parent: string, byWords: PluginCommands['byWords']): string | undefined {
	const verb = verbAliases[parent] ?? parent;
	return Object.hasOwn(verbWords, verb) ? verb : byWords.get(parent)?.path;
}

function ownerOf(under: string | undefined, word: string, byWords: PluginCommands['byWords']): string | undefined {
	const isVerbs =
		under === undefined
			? Object.hasOwn(verbWords, word) || Object.hasOwn(verbAliases, word)
			: (verbWords[under]?.words?.includes(word) ?? false);
	const other = byWords.get(under === undefined ? word : `${under} ${word}`);
	return isVerbs ? 'cws itself' : other && `the plugin \`${other.plugin}\``;
}

/** The command whose words a line begins with, the longest that fits, and how many words those are. */
export function findCommand(
	{byWords}: PluginCommands,
	words: readonly string[],
): {readonly command: PluginCommand; readonly length: number} | undefined {
	const [first = ''] = words;
	let path = verbAliases[first] ?? first;
	let found: {readonly command: PluginCommand; readonly length: number} | undefined;
	for (let length = 1; length <= words.length; length++) {
		// Word by word, so that an alias on the way counts as what it means.
		path = length === 1 ? path : `${path} ${words[length - 1]!}`;
		const command = byWords.get(path);
		if (command !== undefined) {
			found = {command, length};
			path = command.path;
		} else if (length > 1 || !Object.hasOwn(verbWords, path)) {
			break;
		}
	}

	return found;
}

/** What hangs directly under a command or a verb. */
export const commandsUnder = ({commands}: PluginCommands, path: string): readonly PluginCommand[] =>
	commands.filter(command => command.path.startsWith(`${path} `) && !command.path.slice(path.length + 1).includes(' '));

/** Those that hang under no other. */
export const rootCommands = ({commands}: PluginCommands): readonly PluginCommand[] => commands.filter(({path}) => !path.includes(' '));
