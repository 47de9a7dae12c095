import {failure} from '../../core/failure/failure.ts';
import {failed, type Outcome} from '../../core/failure/outcome.ts';
import {type Validate} from '../../core/schema/validate.ts';
import {nearest} from '../../core/text/nearest.ts';
import {toKebab} from '../../core/text/kebab.ts';
import {type CommandInputs, type RunOptions} from '../command-types.ts';
import {type EngineParts} from '../engine-parts.ts';
import {argumentCount, flagsSchema, withFlagDefaults} from './command-flags.ts';
import {pluginCommands} from './commands.ts';
import {type PluginCommandResult, readCommandOutput} from './read-command-output.ts';

type Input = CommandInputs['runPluginCommand'];

/** Checks words and flags by the manifest, starts the plugin if it has to, and gives what its handler answered. */
export async function runPluginCommand(
	{host}: Pick<EngineParts, 'host'>,
	{plugin, command: path, args = [], flags = {}}: Input,
	{options, validate}: {readonly options: RunOptions; readonly validate: Validate},
): Promise<Outcome<PluginCommandResult>> {
	const {byWords, commands} = pluginCommands(host.records());
	const found = byWords.get(path);
	if (found === undefined || found.plugin !== plugin) {
		const own = commands.filter(command => command.plugin === plugin).map(command => command.path);
		const meant = nearest(path, own);
		return failed(
			failure('CWS_USAGE', {
				message: `The plugin \`${plugin}\` has no command \`${path}\`.`,
				fix: meant === undefined ? `cws plugin status ${plugin}` : `cws ${meant}`,
			}),
		);
	}

	const {contribution} = found;
	if (contribution.handler === undefined) {
		return failed(failure('CWS_USAGE', {message: `\`cws ${found.path}\` only groups other commands.`, fix: `cws ${found.path} --help`}));
	}

	const problem = argumentProblem(found.path, contribution.usage, args) ?? flagProblem(found.path, validate, contribution.flags, flags);
	if (problem !== undefined) {
		return failed(problem);
	}

	const answer = await host.call<unknown>({
		plugin,
		method: `commands.${contribution.handler}`,
		args: [{args, flags: withFlagDefaults(contribution.flags ?? [], flags)}],
		...(options.signal !== undefined && {signal: options.signal}),
	});
	return answer.ok ? readCommandOutput(plugin, found.path, answer.value) : answer;
}

function argumentProblem(path: string, usage: string | undefined, args: readonly string[]) {
	const {minimum, maximum, needed} = argumentCount(usage);
	return args.length < minimum
		? failure('CWS_USAGE', {message: `\`cws ${path}\` needs ${needed.slice(args.length).join(' ')}.`, fix: `cws ${path} --help`})
		: args.length > maximum
			? failure('CWS_USAGE', {message: `\`${args[maximum]}\` is one argument too many for \`cws ${path}\`.`, fix: `cws ${path} --help`})
			: undefined;
}

function flagProblem(path: string, validate: Validate, specs: Parameters<typeof flagsSchema>[0] = [], flags: NonNullable<Input['flags']>) {
	const [first] = validate(flagsSchema(specs), withFlagDefaults(specs, flags));
	const name = first?.field.split('.')[0] ?? '';
	return (
		first &&
		failure('CWS_USAGE', {
			message: `\`--${toKebab(name)}\` of \`cws ${path}\` ${first.message}.`,
			fix: first.nearest === undefined ? `cws ${path} --help` : `\`--${toKebab(first.nearest)}\``,
			details: {field: name},
		})
	);
}
