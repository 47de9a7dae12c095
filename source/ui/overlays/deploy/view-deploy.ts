import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {formLines} from '../../components/form/form-lines.ts';
import {formStops} from '../../components/form/update-form.ts';
import {type Line, span} from '../../components/line/line.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {failureLines} from '../message/message.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {deployFields, deployProblems} from './deploy-fields.ts';
import {type DeployOverlay} from './deploy-state.ts';
import {cliLines, planLines} from './plan-lines.ts';
import {whereParts} from './view-where.ts';

const wanted = 78;

export function viewDeploy(state: DeployOverlay, context: ViewContext, view: ViewState): DialogView {
	const width = Math.min(wanted, view.size.columns - 4);
	const parts = {where: whereParts, fields: fieldsParts, plan: planParts}[state.step](state, context, view, width);
	return {title: 'Deploy', width: wanted, header: [stepsLine(state)], ...parts};
}

type Parts = Pick<DialogView, 'body' | 'footer' | 'anchor'>;

function stepsLine({step, target, template}: DeployOverlay): Line {
	const steps = ['where', 'fields', 'plan'] as const;
	return [
		...steps.flatMap((name, index): Line => [
			index === 0 ? '' : '  ',
			span(name === step ? 'text.accent' : 'text.muted', `${index + 1} ${name}`, {bold: name === step}),
		]),
		span(
			'text.muted',
			step === 'fields' && target !== undefined
				? `   ${template === undefined ? (target.title ?? target.type) : template.title} on ${target.provider}`
				: '',
		),
	];
}

function fieldsParts(state: DeployOverlay, context: ViewContext, _view: ViewState, width: number): Parts {
	const {target, form, focus} = state;
	if (target === undefined) {
		return {body: []};
	}

	const fields = deployFields(target, state.choices, context.engine.hoursPerMonth);
	const problems = deployProblems(target, fields, form, context);
	const {lines, anchor} = formLines({fields, form, focus, problems, width});
	// As high as its highest field makes it, so that the box does not jump while the focus moves.
	const highest = Math.max(
		...formStops(fields, form).map(stop => formLines({fields, form, focus: stop, problems, width}).lines.length),
		lines.length,
	);
	const said = problems.filter(({field}) => form.touched.includes(field.split('.')[0]!)).length;
	return {
		body: [...lines, ...Array.from({length: highest - lines.length}, (): Line => [])],
		anchor,
		footer: [
			[
				...buttonsLine(
					[
						{id: 'cancel', label: 'Cancel'},
						{id: 'back', label: 'Back'},
						{id: 'plan', label: 'Plan'},
					],
					focus,
				),
				width < 60
					? ''
					: said > 0
						? span('health.fail', `   ${said === 1 ? 'one field needs' : `${said} fields need`} another value`)
						: span('text.muted', '   Tab moves · nothing is made yet'),
			],
		],
	};
}

function planParts(state: DeployOverlay, context: ViewContext, view: ViewState, width: number): Parts {
	const {plan, focus, isSent} = state;
	const buttons = [
		{id: 'cancel', label: 'Cancel'},
		{id: 'back', label: 'Back'},
		{id: 'deploy', label: 'Deploy', isDisabled: plan.status !== 'ready' || isSent},
	];
	const hint = isSent
		? span('status.changing', `   ${spinnerGlyph(view.spinner)} handing it over`)
		: span('text.muted', width < 70 ? '' : '      Tab moves · Enter presses the focused button');
	const footer = [[...buttonsLine(buttons, focus), hint]];
	switch (plan.status) {
		case 'loading': {
			return {
				body: [
					[
						span('status.changing', `${spinnerGlyph(view.spinner)} `),
						span('text.muted', `asking ${state.target?.provider ?? ''} for the plan and the price`),
					],
				],
				footer,
			};
		}

		case 'failed': {
			return {
				body: [
					[span('health.fail', 'Refused', {bold: true}), span('text.muted', '  nothing was made')],
					[],
					...failureLines(plan.error, width),
				],
				footer,
			};
		}

		case 'ready': {
			return {body: [...planLines(plan.value, context.engine, width), [], ...cliLines(plan.value.cli, width)], anchor: state.top, footer};
		}
	}
}
