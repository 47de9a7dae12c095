import {padEnd} from '../core/text/text.ts';
import {toKebab} from '../core/text/kebab.ts';
import {globalFlags} from './parse-arguments.ts';
import {type FlagSpec, type Verb} from './shared/verb.ts';
import {verbLoaders} from './verbs.ts';

/** The help of the program: every verb in one line. */
export async function renderHelp(): Promise<string> {
	const verbs = await Promise.all(Object.values(verbLoaders).map(load => load()));
	return [
		'cws: every workstation, container, job and database you pay for, in one terminal dashboard',
		'',
		'usage',
		'  cws                         the dashboard (without a terminal: one screen of status)',
		'  cws <verb> [--help]',
		'',
		'verbs',
		...verbs.map(verb => `  ${padEnd(verb.name, 12)}${verb.short}`),
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
		'',
		'usage',
		...verb.usage.split('\n').map(usage => `  cws ${verb.name} ${usage}`.trimEnd()),
		...(verb.flags ? ['', 'flags', ...flagLines(verb.flags)] : []),
		'',
		'flags of every verb',
		...flagLines(globalFlags),
		...(verb.examples ? ['', 'examples', ...verb.examples.map(example => `  ${example}`)] : []),
	].join('\n');

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
