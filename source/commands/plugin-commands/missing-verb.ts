import {failure, fixOf, type Failure} from '../../core/failure/failure.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {contributionProblems} from '../../engine/contributions/problems.ts';

/** Why a command of a plugin is not there, for one who types it: its plugin is off, or the command could not be taken. */
export function missingVerb(plugins: readonly PluginRecord[], name: string): Failure | undefined {
	const problem = contributionProblems(plugins).find(({what}) => what === `command ${name}` || what.startsWith(`command ${name} `));
	if (problem !== undefined) {
		return failure('CWS_USAGE', {message: `\`${name}\` is not a verb.`, cause: problem.message, fix: problem.fix});
	}

	const owner = plugins.find(({manifest}) =>
		manifest.contributes?.commands?.some(({name: own, parent, aliases = []}) => parent === undefined && [own, ...aliases].includes(name)),
	);
	return (
		owner &&
		failure('CWS_USAGE', {
			message: `\`${name}\` is a command of the plugin \`${owner.id}\`, which is ${owner.state}.`,
			...(owner.error !== undefined && {cause: owner.error.message}),
			fix: owner.error === undefined ? `cws plugin enable ${owner.id}` : fixOf(owner.error),
		})
	);
}
