import {toKebab} from '../../core/text/kebab.ts';
import {verbAliases, verbWords} from '../../core/verb-words.ts';
import {commandsUnder, pluginCommands, rootCommands} from '../../engine/contributions/commands.ts';
import {offeredTypes} from '../../engine/contributions/resource-types.ts';
import {globalFlags} from '../parse-arguments.ts';
import {findPluginVerb, pluginsFor, withPlugins} from '../plugin-commands/find-verb.ts';
import {type FlagSpec, type Verb, type VerbContext} from '../shared/verb.ts';
import {verbLoaders} from '../verbs.ts';

export type Completion = {readonly word: string; readonly about: string};

/** What may stand where the last of the words stands; it may be empty or half typed. Only manifests and the record are read. */
export async function completeWords(words: readonly string[], context: Pick<VerbContext, 'app'>): Promise<readonly Completion[]> {
	const before = words.slice(0, -1);
	const typed = words.at(-1) ?? '';
	const plugins = pluginsFor(before);
	const found = await completions();
	return found.filter(({word}) => word.startsWith(typed)).map(({word, about}) => ({word, about: about.replaceAll(/\s+/g, ' ')}));

	async function completions(): Promise<readonly Completion[]> {
		const [first] = before;
		if (first === undefined) {
			const verbs = await Promise.all(Object.values(verbLoaders).map(load => load()));
			const own = rootCommands(pluginCommands(plugins)).map(({path, contribution}) => ({word: path, about: contribution.short}));
			return typed.startsWith('-') ? flagsOf({}) : [...verbs.map(({name, short}) => ({word: name, about: short})), ...own];
		}

		const name = verbAliases[first] ?? first;
		const fromPlugin = findPluginVerb(plugins, [name, ...before.slice(1)]);
		const own = Object.hasOwn(verbLoaders, name) ? await verbLoaders[name]!() : undefined;
		const verb = fromPlugin?.verb ?? own;
		if (verb === undefined) {
			return [];
		}

		const whole = withPlugins(verb, plugins);
		const flags: Readonly<Record<string, FlagSpec>> = {...globalFlags, ...whole.pluginFlags, ...whole.flags};
		const valueOf = Object.entries(flags).find(([flag, {alias, type}]) => type !== 'boolean' && isFlag(before.at(-1), flag, alias));
		if (valueOf !== undefined) {
			return (valueOf[1].choices ?? []).map(choice => ({word: choice, about: valueOf[1].short}));
		}

		if (typed.startsWith('-')) {
			return flagsOf(flags);
		}

		const position = (fromPlugin?.rest ?? before.slice(1)).filter(word => !word.startsWith('-')).length;
		const children = commandsUnder(pluginCommands(plugins), verb.name).map(({contribution}) => ({
			word: contribution.name,
			about: contribution.short,
		}));
		return fromPlugin === undefined ? [...(position === 0 ? children : []), ...(await argumentsOf(name, verb, before.slice(1)))] : children;
	}

	async function argumentsOf(name: string, {usage}: Verb, given: readonly string[]): Promise<readonly Completion[]> {
		const lines = usage.split('\n').map(line => line.split(' '));
		const positional = given.filter(word => !word.startsWith('-'));
		const at = positional.length;
		const fitting = lines.filter(line => positional.every((word, index) => line[index] === word || !/^[a-z]/.test(line[index] ?? '')));
		const wanted = new Set(fitting.map(line => (line[at] ?? '').replace(/^\[(.*)\]$/, '$1')));
		const results = await Promise.all([...wanted].map(kind => valuesOf(kind, name)));
		return results.flat();
	}

	async function valuesOf(kind: string, verb: string): Promise<readonly Completion[]> {
		if (/^[a-z]/.test(kind) && kind !== 'type') {
			return (verbWords[verb]?.words ?? [kind]).includes(kind) ? [{word: kind, about: ''}] : [];
		}

		switch (kind) {
			case 'ID':
			case 'PLUGIN': {
				return verb === 'task'
					? []
					: plugins.filter(({state}) => state !== 'shadowed').map(({id, manifest}) => ({word: id, about: manifest.title}));
			}

			case 'REF': {
				const {engine} = await context.app();
				await engine.load();
				return engine
					.getState()
					.sources.flatMap(({resources}) => resources)
					.filter(({status}) => status !== 'deleted')
					.map(({name, provider, type}) => ({word: name, about: `${type} of ${provider}`}));
			}

			case '<type>':
			case 'type': {
				const types = offeredTypes(plugins).map(({type, title = ''}) => ({word: type, about: title}));
				return [...new Map(types.map(one => [one.word, one])).values()];
			}

			default: {
				return [];
			}
		}
	}
}

const isFlag = (word: string | undefined, name: string, alias: string | undefined): boolean =>
	word === `--${toKebab(name)}` || (alias !== undefined && word === `-${alias}`);

const flagsOf = (flags: Readonly<Record<string, FlagSpec>>): readonly Completion[] =>
	Object.entries({...globalFlags, ...flags}).map(([name, {short}]) => ({word: `--${toKebab(name)}`, about: short}));
