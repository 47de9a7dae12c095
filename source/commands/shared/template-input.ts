import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type CommandInputs} from '../../engine/command-types.ts';
import {type Engine} from '../../engine/engine.ts';
import {type LaunchInput} from '../../engine/templates/launch-template.ts';
import {type FlagSpec, type Flags, listFlag} from './verb.ts';

export const paramFlag: FlagSpec = {type: 'string', value: 'K=V', isMultiple: true, short: 'a parameter of the template'};

/** What a template written in YAML begins with; nothing when there is none of that name, as providers have templates of their own. */
export async function templateInput(engine: Engine, flags: Flags, name: string): Promise<Outcome<LaunchInput | undefined>> {
	const pairs = listFlag(flags, 'param').map(pair => [pair, pair.indexOf('=')] as const);
	const wrong = pairs.find(([, at]) => at <= 0);
	if (wrong !== undefined) {
		return failed(failure('CWS_USAGE', {message: `\`--param ${wrong[0]}\` has no \`key=value\`.`, fix: 'write `--param nodes=2`'}));
	}

	const found = await engine.launchInput(name, Object.fromEntries(pairs.map(([pair, at]) => [pair.slice(0, at), pair.slice(at + 1)])));
	if (found.ok || found.error.code !== 'CWS_NOT_FOUND') {
		return found;
	}

	return pairs.length === 0
		? ok(undefined)
		: failed(
				failure('CWS_USAGE', {
					message: `Only templates of \`cws template list\` have parameters, and \`${name}\` is none.`,
					fix: 'use `--set`',
				}),
			);
}

/** A deploy that begins with a template; what the person gave goes before it. */
export const overTemplate = (input: CommandInputs['deploy'], begin: LaunchInput): CommandInputs['deploy'] => ({
	...input,
	...(input.account === undefined && begin.account !== undefined && {account: begin.account}),
	...(input.region === undefined && begin.region !== undefined && {region: begin.region}),
	...(input.size === undefined && begin.size !== undefined && {size: begin.size}),
	fields: {...begin.fields, ...input.fields},
	tags: {...begin.tags, ...input.tags},
});
