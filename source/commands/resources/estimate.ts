import {exitCodes} from '../../core/failure/error-codes.ts';
import {formatMoney} from '../../core/money/format-money.ts';
import {times} from '../../core/money/money.ts';
import {mapOutcome, ok} from '../../core/failure/outcome.ts';
import {type CommandInputs} from '../../engine/command-types.ts';
import {withTemplateCost} from '../../engine/templates/template-cost.ts';
import {overTemplate} from '../../engine/templates/expand-template.ts';
import {templateInput} from '../shared/template-input.ts';
import {deployFlags, readDeployInput} from './deploy.ts';
import {renderRate} from '../shared/plan-text.ts';
import {stringFlag, type Verb} from '../shared/verb.ts';

export const estimate: Verb = {
	name: 'estimate',
	usage: '<type> --provider P [--size S] [--set K=V …]',
	short: 'what something would cost',
	minimum: 1,
	maximum: 1,
	flags: deployFlags,
	examples: ['cws estimate vm --provider local'],
	async run(context) {
		const {print, flags, signal} = context;
		const {engine, settings} = await context.app();
		await engine.load();
		const provider = stringFlag(flags, 'provider') ?? settings.settings.defaults.provider;
		const input = readDeployInput(engine.getState(), flags, {
			type: context.input[0]!,
			name: 'estimate',
			provider,
			template: stringFlag(flags, 'template'),
		});
		if (!input.ok) {
			return print.failure(input.error);
		}

		const template = stringFlag(flags, 'template');
		const begin = template === undefined ? ok(undefined) : await templateInput(engine, flags, template);
		if (!begin.ok) {
			return print.failure(begin.error);
		}

		const asked = begin.value === undefined ? input.value : overTemplate(withoutTemplate(input.value), begin.value);
		const answer = mapOutcome(await engine.estimate(asked, signal), own => withTemplateCost(own, begin.value?.cost) ?? own);
		if (!answer.ok) {
			return print.failure(answer.error);
		}

		const {hoursPerMonth} = engine.getState();
		const {hourly} = answer.value;
		if (print.isJson) {
			print.json({...answer.value, daily: times(hourly, 24), monthly: times(hourly, hoursPerMonth), hoursPerMonth});
			return exitCodes.done;
		}

		for (const part of answer.value.components) {
			print.line(
				`${part.name.padEnd(12)}${part.description ?? ''}  ${formatMoney(part.hourly, 4)}/h (${part.source}${part.asOf ? ` of ${part.asOf}` : ''})`,
			);
		}

		print.line(`${'total'.padEnd(12)}${renderRate(hourly, hoursPerMonth)}`);
		if (answer.value.notCounted.length > 0) {
			print.line(`${'not counted'.padEnd(12)}${answer.value.notCounted.join(', ')}`);
		}

		return exitCodes.done;
	},
};

// The name of a template in YAML is none of the form's own.
const withoutTemplate = (input: CommandInputs['deploy']): CommandInputs['deploy'] => {
	const {template: _, ...fields} = input.fields;
	return {...input, fields};
};
