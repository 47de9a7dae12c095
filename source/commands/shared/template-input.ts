import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Engine} from '../../engine/engine.ts';
import {type LaunchInput} from '../../engine/templates/launch-template.ts';
import {type FlagSpec, type Flags, listFlag} from './verb.ts';

export const paramFlag: FlagSpec = {type: 'string', value: 'K=V', isMultiple: true, short: 'a parameter of the template'};

/** The parameters that were given, by name. */
export const givenParameters = (flags: Flags): Readonly<Record<string, string>> =>
	Object.fromEntries(
		listFlag(flags, 'param').map(pair => {
			const at = pair.indexOf('=');
			return [pair.slice(0, at), pair.slice(at + 1)];
		}),
	);

/** What a template written in YAML begins with; nothing when there is none of that name, as providers have templates of their own. */
export async function templateInput(engine: Engine, flags: Flags, name: string): Promise<Outcome<LaunchInput | undefined>> {
	const given = listFlag(flags, 'param');
	const wrong = given.find(pair => pair.indexOf('=') <= 0);
	if (wrong !== undefined) {
		return failed(failure('CWS_USAGE', {message: `\`--param ${wrong}\` has no \`key=value\`.`, fix: 'write `--param nodes=2`'}));
	}

	const found = await engine.launchInput(name, givenParameters(flags));
	if (found.ok || found.error.code !== 'CWS_NOT_FOUND') {
		return found;
	}

	return given.length === 0
		? ok(undefined)
		: failed(
				failure('CWS_USAGE', {
					message: `Only templates of \`cws template list\` have parameters, and \`${name}\` is none.`,
					fix: 'use `--set`',
				}),
			);
}
