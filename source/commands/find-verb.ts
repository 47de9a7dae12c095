import {failure, type Failure} from '../core/failure/failure.ts';
import {toKebab} from '../core/text/kebab.ts';
import {nearest} from '../core/text/nearest.ts';
import {globalFlags} from './parse-arguments.ts';
import {leadingWords, mayBeUnder} from './plugin-commands/leading-words.ts';
import {type Verb} from './shared/verb.ts';
import {verbLoaders} from './verbs.ts';

export type FoundVerb = {readonly verb: Verb; readonly rest: readonly string[]} | {readonly error: Failure};

/** The verb a line names: one of cws, or the command of a plugin. Manifests are read only where the line could mean a plugin's. */
export async function findVerb(name: string, argv: readonly string[]): Promise<FoundVerb> {
	const load = Object.hasOwn(verbLoaders, name) ? verbLoaders[name] : undefined;
	const own = await load?.();
	const rest = argv.slice(1);
	if (own !== undefined && !isHelp(rest) && !hasOtherFlag(own, rest) && !mayBeUnder(name, leadingWords(argv))) {
		return {verb: own, rest};
	}

	const {findPluginVerb, pluginsFor, withPlugins} = await import('./plugin-commands/find-verb.ts');
	const plugins = pluginsFor(argv);
	const found = findPluginVerb(plugins, argv);
	if (found !== undefined) {
		return {verb: withPlugins(found.verb, plugins), rest: found.rest};
	}

	if (own !== undefined) {
		return {verb: withPlugins(own, plugins), rest};
	}

	const {missingVerb} = await import('./plugin-commands/missing-verb.ts');
	const {pluginCommands, rootCommands} = await import('../engine/contributions/commands.ts');
	const meant = nearest(name, [...Object.keys(verbLoaders), ...rootCommands(pluginCommands(plugins)).map(({path}) => path)]);
	return {
		error:
			missingVerb(plugins, name) ??
			failure('CWS_USAGE', {message: `\`${name}\` is not a verb.`, fix: meant ? `cws ${meant}, or cws --help` : 'cws --help'}),
	};
}

const isHelp = (argv: readonly string[]): boolean => argv.some(word => word === '--help' || word === '-h');

// What the verb itself does not know may be a flag of a plugin.
function hasOtherFlag({flags = {}}: Verb, argv: readonly string[]): boolean {
	const known = new Set([...Object.keys(globalFlags), ...Object.keys(flags)].map(flag => toKebab(flag)));
	const end = argv.indexOf('--');
	return (end === -1 ? argv : argv.slice(0, end)).some(word => {
		const name = /^--(?:no-)?([a-z][\w-]*)/.exec(word)?.[1];
		return name !== undefined && !known.has(name);
	});
}
