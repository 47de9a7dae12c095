import {failure, type Failure} from '../../core/failure/failure.ts';
import {nearest} from '../../core/text/nearest.ts';
import {toKebab} from '../../core/text/kebab.ts';
import {type Flags, type FlagSpec, type Verb} from '../shared/verb.ts';
import {type PluginAction} from './action.ts';
import {pluginActions} from './plugin-actions.ts';

const allFlags = Object.assign({}, ...pluginActions.map(({flags}) => flags)) as Readonly<Record<string, FlagSpec>>;

export const plugin: Verb = {
	name: 'plugin',
	aliases: ['plugins'],
	usage: pluginActions.map(({name, usage}) => `${name} ${usage}`.trimEnd()).join('\n'),
	short: 'list plugins, or look after one',
	...(Object.keys(allFlags).length > 0 && {flags: allFlags}),
	minimum: 1,
	maximum: 1 + Math.max(...pluginActions.map(({maximum}) => maximum)),
	async run(context) {
		const [name = '', ...input] = context.input;
		const action = pluginActions.find(one => one.name === name);
		if (action === undefined) {
			const meant = nearest(
				name,
				pluginActions.map(one => one.name),
			);
			return context.print.failure(
				failure('CWS_USAGE', {
					message: `\`${name}\` is nothing \`cws plugin\` does.`,
					fix: meant ? `cws plugin ${meant}` : 'cws plugin --help',
				}),
			);
		}

		const wrong = usageProblem(action, input, context.flags);
		return wrong === undefined ? action.run({...context, input}) : context.print.failure(wrong);
	},
};

function usageProblem(
	{name, usage, minimum, maximum, flags = {}}: PluginAction,
	input: readonly string[],
	given: Flags,
): Failure | undefined {
	const fix = `cws plugin ${name} ${usage}`.trimEnd();
	if (input.length < minimum) {
		const missing = usage.split(' ')[input.length];
		return failure('CWS_USAGE', {
			message: missing === 'ID' ? `\`cws plugin ${name}\` needs the id of a plugin.` : `\`cws plugin ${name}\` needs ${missing}.`,
			fix: missing === 'ID' ? 'cws plugin list' : fix,
		});
	}

	if (input.length > maximum) {
		return failure('CWS_USAGE', {message: `\`${input[maximum]}\` is one argument too many.`, fix});
	}

	const foreign = Object.keys(allFlags).find(flag => isGiven(given[flag]) && !Object.hasOwn(flags, flag));
	return foreign === undefined
		? undefined
		: failure('CWS_USAGE', {message: `\`--${toKebab(foreign)}\` is not a flag of \`cws plugin ${name}\`.`, fix});
}

// A flag that may be repeated is an empty list when nobody gave it.
const isGiven = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);
