import {failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type Template} from '../../core/template.ts';
import {type CommandInputs} from '../command-types.ts';
import {type LaunchInput} from './launch-template.ts';
import {type Templates} from './create-templates.ts';

type Input = CommandInputs['deploy'];

export type Expanded = {readonly input: Input; readonly cost?: Template['cost']};

/** A deploy through a template as a deploy without one: what the template says, filled in, under what the person said. */
export async function expandTemplate(
	{launchInput}: Pick<Templates, 'launchInput'>,
	{template, parameters = {}, ...input}: Input,
): Promise<Outcome<Expanded>> {
	if (template === undefined) {
		return ok({input});
	}

	const texts = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
	const begin = await launchInput(template, texts);
	if (!begin.ok) {
		return begin;
	}

	const {type, cost} = begin.value;
	return type === input.type
		? ok({input: overTemplate(input, begin.value), ...(cost !== undefined && {cost})})
		: failed(
				failure('CWS_INVALID_INPUT', {
					message: `The template \`${template}\` makes a ${type}, not a ${input.type}.`,
					fix: `cws launch ${template} ${input.name}`,
					details: {field: 'template'},
				}),
			);
}

/** What the person gave goes before what the template says. */
export const overTemplate = (input: Input, begin: LaunchInput): Input => ({
	...input,
	...(input.account === undefined && begin.account !== undefined && {account: begin.account}),
	...(input.region === undefined && begin.region !== undefined && {region: begin.region}),
	...(input.size === undefined && begin.size !== undefined && {size: begin.size}),
	fields: {...begin.fields, ...input.fields},
	tags: {...begin.tags, ...input.tags},
});
