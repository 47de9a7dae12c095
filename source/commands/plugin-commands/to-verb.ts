import {type FlagContribution} from '../../core/manifest/contributions.ts';
import {failure} from '../../core/failure/failure.ts';
import {argumentCount, type FlagValue} from '../../engine/contributions/command-flags.ts';
import {commandsUnder, type PluginCommand, type PluginCommands} from '../../engine/contributions/commands.ts';
import {nearest} from '../../core/text/nearest.ts';
import {exitCodes} from '../../core/failure/error-codes.ts';
import {type FlagSpec, type Verb} from '../shared/verb.ts';
import {type OutputForm, printOutput} from './print-output.ts';

const outputFlag: FlagSpec = {type: 'string', alias: 'o', value: 'FORM', choices: ['table', 'json', 'csv'], short: 'how to print rows'};

/** A plugin's command as a verb of the command line; nothing of the plugin runs before it does. */
export function toVerb(tree: PluginCommands, {path, plugin, aliases, contribution}: PluginCommand): Verb {
	const {short, long, usage, flags = [], handler} = contribution;
	const {minimum, maximum, needed} = argumentCount(usage);
	const children = commandsUnder(tree, path);
	const own = Object.fromEntries(flags.map(flag => [flag.name, toFlagSpec(flag)]));
	// Of the plugin's own flags none is hidden by ours.
	const hasOutput = Object.hasOwn(own, 'output');
	const hasLetter = flags.some(({alias}) => alias === 'o');
	const {alias: _, ...withoutLetter} = outputFlag;
	const ownOutput: FlagSpec = hasLetter ? withoutLetter : outputFlag;
	return {
		name: path,
		aliases,
		usage: handler === undefined ? '<command>' : usageOf(path, usage, needed),
		short,
		...(long !== undefined && {long}),
		from: plugin,
		children: children.map(child => ({name: child.contribution.name, short: child.contribution.short})),
		flags: {...own, ...(!hasOutput && handler !== undefined && {output: ownOutput})},
		minimum,
		maximum: handler === undefined ? Number.POSITIVE_INFINITY : maximum,
		async run(context) {
			const {print, input, signal, rest} = context;
			if (handler === undefined) {
				return print.failure(
					noChild(
						path,
						input[0],
						children.map(child => child.contribution.name),
					),
				);
			}

			const {engine} = await context.app();
			await engine.load();
			const given = Object.fromEntries(flags.map(({name}) => [name, context.flags[name]]).filter(([, value]) => value !== undefined));
			const done = await engine.run(
				'runPluginCommand',
				{plugin, command: path, args: [...input, ...rest], flags: given as Record<string, FlagValue>},
				{origin: 'cli', signal},
			);
			if (signal.aborted) {
				return exitCodes.cancelled;
			}

			return done.ok
				? printOutput(print, done.value, hasOutput ? undefined : (context.flags['output'] as OutputForm | undefined))
				: print.failure(done.error);
		},
	};
}

export const toFlagSpec = ({
	type,
	short = '',
	alias,
	value,
	choices,
	isMultiple,
	isRequired,
	default: standard,
}: FlagContribution): FlagSpec => ({
	type,
	short: [short, isRequired && standard === undefined ? '(needed)' : '', standard === undefined ? '' : `(default ${String(standard)})`]
		.filter(Boolean)
		.join(' '),
	...(alias !== undefined && {alias}),
	...(value !== undefined && {value}),
	...(choices !== undefined && {choices}),
	...(isMultiple !== undefined && {isMultiple}),
});

function noChild(path: string, word: string | undefined, children: readonly string[]) {
	const meant = word === undefined ? undefined : nearest(word, children);
	return failure('CWS_USAGE', {
		message: word === undefined ? `\`cws ${path}\` needs a command.` : `\`${word}\` is nothing \`cws ${path}\` does.`,
		fix: meant === undefined ? `cws ${path} --help` : `cws ${path} ${meant}`,
	});
}

// A usage may begin with the command's own words, as the seeds write it.
function usageOf(path: string, usage: string | undefined, needed: readonly string[]): string {
	const own = [path, path.split(' ').at(-1)!].find(words => usage === words || usage?.startsWith(`${words} `));
	return usage === undefined ? needed.join(' ') : usage.slice(own?.length ?? 0).trim();
}
