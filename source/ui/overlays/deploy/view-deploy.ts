import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type Contribution} from '../../../engine/contributions/resource-types.ts';
import {formLines} from '../../components/form/form-lines.ts';
import {formStops} from '../../components/form/update-form.ts';
import {textWidth} from '../../../core/text/text.ts';
import {cell, cutLine, type Line, lineWidth, span} from '../../components/line/line.ts';
import {menuWindow} from '../../components/menu/menu.ts';
import {matchedSpans, menuRow, queryLine} from '../../components/menu/menu-lines.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {failureLines} from '../message/message.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {deployFields, deployProblems} from './deploy-fields.ts';
import {type DeployOverlay} from './deploy-state.ts';
import {type Offer, offerText} from './offers.ts';
import {cliLines, planLines} from './plan-lines.ts';
import {whereOffers} from './templates.ts';
import {offerRows} from './update-deploy.ts';

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

function whereParts(state: DeployOverlay, context: ViewContext, view: ViewState, width: number): Parts {
	const offers = whereOffers(context.engine, state);
	const rows = menuWindow(offers, state.menu, offerRows(view));
	const current = rows.find(({isCurrent}) => isCurrent)?.item;
	const nameWidth = Math.min(Math.max(19, ...rows.map(({item}) => textWidth(offerName(item)))), Math.floor(width * 0.4));
	return {
		body: [
			queryLine('❯', state.menu, 'type to narrow: provider, type or template', width),
			[],
			...(offers.length === 0 ? [[span('text.muted', noOffers(context, state))]] : []),
			...rows.map(({item, isCurrent}) => menuRow(offerLine(item, nameWidth, width), isCurrent && state.focus === 'list', width)),
		],
		anchor:
			2 +
			Math.max(
				0,
				rows.findIndex(({isCurrent}) => isCurrent),
			),
		footer: [
			[
				...buttonsLine(
					[
						{id: 'cancel', label: 'Cancel'},
						{id: 'next', label: 'Next', isDisabled: current === undefined || current.unavailable !== undefined},
					],
					state.focus,
				),
				span('text.muted', width < 60 ? '' : '   Enter picks · Esc cancels'),
			],
		],
	};
}

const noOffers = ({engine}: ViewContext, {menu}: DeployOverlay): string =>
	menu.query.value === ''
		? engine.phase === 'starting'
			? 'Plugins are starting …'
			: 'No plugin offers anything to deploy.'
		: `Nothing is called \`${menu.query.value}\`.`;

const offerName = ({contribution, template}: Offer): string => template?.name ?? offerText(contribution);

function offerLine(offer: Offer, nameWidth: number, width: number): Line {
	const {contribution, template, unavailable, note, at} = offer;
	const isOff = unavailable !== undefined;
	const remark = unavailable ?? note ?? (template === undefined ? rangeOf(contribution) : `template · ${offerText(contribution)}`);
	const name = cutLine(matchedSpans(offerName(offer), at, isOff ? 'text.faint' : 'text.strong'), nameWidth);
	return [
		span(isOff ? 'text.faint' : 'health.pass', isOff ? ' ○ ' : ' ● '),
		...name,
		' '.repeat(nameWidth - lineWidth(name) + 1),
		...(width < 60
			? []
			: [cell(isOff ? 'text.faint' : 'text.default', template?.title ?? contribution.title ?? contribution.type, 16), ' ']),
		// What is not here is no alarm.
		span(!isOff && note !== undefined ? 'health.warn' : 'text.muted', remark),
	];
}

// Where and how large it can be; a plugin without either says what it is.
function rangeOf({regions = [], sizes = [], plugin}: Contribution): string {
	const parts = [
		...(regions.length === 0 ? [] : [`${regions.length} ${regions.length === 1 ? 'region' : 'regions'}`]),
		...(sizes.length === 0 ? [] : [`${sizes.length} ${sizes.length === 1 ? 'size' : 'sizes'}`]),
	];
	return parts.length === 0 ? (plugin.manifest.description ?? '') : parts.join(' · ');
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
