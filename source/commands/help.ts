import {type PluginRecord} from '../core/plugin.ts';
import {padEnd, wrapText} from '../core/text/text.ts';
import {pluginCommands, rootCommands} from '../engine/contributions/commands.ts';
import {toKebab} from '../core/text/kebab.ts';
import {globalFlags} from './parse-arguments.ts';
import {type FlagSpec, type Verb} from './shared/verb.ts';
import {verbLoaders} from './verbs.ts';

/** The help of the program: every verb in one line. */
export async function renderHelp(plugins: readonly PluginRecord[] = []): Promise<string> {
	const verbs = await Promise.all(Object.values(verbLoaders).map(load => load()));
	const own = rootCommands(pluginCommands(plugins));
	return [
		'cws: every workstation, container, job and database you pay for, in one terminal dashboard',
		'',
		'usage',
		'  cws                         the dashboard (without a terminal: one screen of status)',
		'  cws <verb> [--help]',
		'',
		'verbs',
		...verbs.map(verb => `  ${padEnd(verb.name, 12)}${verb.short}`),
		...childLines(
			'commands of plugins',
			own.map(({path, contribution}) => ({name: path, short: contribution.short})),
		),
		'',
		'flags of every verb',
		...flagLines(globalFlags),
		'',
		'exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 denied, 5 provider unavailable, 130 cancelled',
	].join('\n');
}

export const renderVerbHelp = (verb: Verb): string =>
	[
		`cws ${verb.name}: ${verb.short}`,
		...(verb.long === undefined ? [] : ['', ...verb.long.split('\n').flatMap(line => wrapText(line, 100))]),
		'',
		'usage',
		...verb.usage.split('\n').map(usage => `  cws ${verb.name} ${usage}`.trimEnd()),
		...childLines(verb.from === undefined ? 'commands of plugins' : 'commands', verb.children ?? []),
		...(hasAny(verb.flags) ? ['', 'flags', ...flagLines(verb.flags)] : []),
		...(hasAny(verb.pluginFlags) ? ['', 'flags of plugins', ...flagLines(verb.pluginFlags)] : []),
		'',
		'flags of every verb',
		...flagLines(globalFlags),
		...(verb.examples ? ['', 'examples', ...verb.examples.map(example => `  ${example}`)] : []),
		...(verb.from === undefined
			? []
			: [
					'',
					`from the plugin ${verb.from}${verb.aliases?.length ? `; also ${verb.aliases.map(alias => `cws ${alias}`).join(', ')}` : ''}`,
				]),
	].join('\n');

const hasAny = (flags: Verb['flags']): flags is NonNullable<Verb['flags']> => flags !== undefined && Object.keys(flags).length > 0;

function childLines(title: string, children: NonNullable<Verb['children']>): string[] {
	const width = Math.max(10, ...children.map(({name}) => name.length)) + 2;
	return children.length === 0 ? [] : ['', title, ...children.map(({name, short}) => `  ${padEnd(name, width)}${short}`)];
}

function flagLines(flags: Readonly<Record<string, FlagSpec>>): string[] {
	const names = Object.entries(flags).map(
		([name, {alias, value, type}]) => `${alias ? `-${alias}, ` : ''}--${toKebab(name)}${type === 'boolean' ? '' : ` ${value ?? 'VALUE'}`}`,
	);
	const width = Math.max(...names.map(name => name.length)) + 2;
	return Object.values(flags).map(
		({short, choices, isMultiple}, index) =>
			`  ${padEnd(names[index]!, width)}${short}${choices ? ` (${choices.join(', ')})` : ''}${isMultiple ? ' (may be repeated)' : ''}`,
	);
}
