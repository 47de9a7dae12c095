import {type Choice} from '../../../core/plugin.ts';
import {type Plan} from '../../../core/plan.ts';
import {type TemplateRow} from '../../../engine/templates/template-library.ts';
import {type InputEvent} from '../../../keymap/key-event.ts';
import {isKey, moveFocus} from '../../components/dialog/focus.ts';
import {refitForm} from '../../components/form/form-state.ts';
import {fieldOfStop, formStops, updateForm} from '../../components/form/update-form.ts';
import {menuItem, updateMenu} from '../../components/menu/menu.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type LayerEvent, type LayerUpdate} from '../overlay.ts';
import {fromOutcome, loading} from '../shared/remote.ts';
import {deployFields, deployInput, deployProblems} from './deploy-fields.ts';
import {type DeployOverlay} from './deploy-state.ts';
import {templatesTag, whereOffers} from './templates.ts';
import {choicesTag, chooseOffer, planTag} from './open-deploy.ts';

type Update = LayerUpdate<DeployOverlay>;

/** Three steps to a new resource: where, fields, plan. Nothing is made before the button of the last one. */
export function updateDeploy(state: DeployOverlay, event: LayerEvent, context: ViewContext, view: ViewState): Update {
	switch (event.type) {
		case 'reply': {
			return event.reply === runTag(state.sequence) && state.isSent ? handedOver(state, event) : {state: answer(state, event)};
		}

		case 'engine': {
			return {state};
		}

		default: {
			return isKey(event, 'esc') ? {} : steps[state.step](state, event, context, view);
		}
	}
}

/** Rows of the list of the first step. */
export const offerRows = ({size}: ViewState): number => Math.max(3, Math.min(10, size.rows - 10));

const steps: Readonly<
	Record<DeployOverlay['step'], (state: DeployOverlay, event: InputEvent, context: ViewContext, view: ViewState) => Update>
> = {where: updateWhere, fields: updateFields, plan: updatePlan};

function updateWhere(state: DeployOverlay, event: InputEvent, context: ViewContext, view: ViewState): Update {
	const offers = whereOffers(context.engine, state);
	if (isKey(event, 'tab', 'shift+tab')) {
		return {state: {...state, focus: moveFocus(['list', 'cancel', 'next'], state.focus, event) ?? state.focus}};
	}

	if (isKey(event, 'enter')) {
		const offer = menuItem(offers, state.menu);
		if (state.focus === 'cancel') {
			return {};
		}

		return offer === undefined || offer.unavailable !== undefined ? {state} : chooseOffer(state, offer, context);
	}

	if (state.focus !== 'list') {
		return {state: {...state, focus: moveFocus(['list', 'cancel', 'next'], state.focus, event) ?? state.focus}};
	}

	const menu = updateMenu(state.menu, event, {length: offers.length, height: offerRows(view)});
	return {state: menu === undefined ? state : {...state, menu}};
}

function updateFields(state: DeployOverlay, event: InputEvent, context: ViewContext): Update {
	const {target, form, focus} = state;
	if (target === undefined) {
		return {state};
	}

	const fields = deployFields(target, state.choices);
	const stops = [...formStops(fields, form), ...fieldsButtons];
	const isButton = fieldsButtons.includes(focus);
	if (isButton && isKey(event, 'enter')) {
		return pressFieldsButton(state, context);
	}

	const next = isButton ? undefined : updateForm(form, fields, focus, event);
	if (next !== undefined) {
		return {state: next === form ? state : {...state, form: next}};
	}

	const moved = moveFocus(stops, focus, event);
	return {state: moved === undefined ? state : {...state, focus: moved, form: leave(state, focus)}};
}

export const fieldsButtons: readonly string[] = ['cancel', 'back', 'plan'];

// A field that was left has its problems said.
function leave({form}: DeployOverlay, focus: string): DeployOverlay['form'] {
	const key = fieldOfStop(focus);
	return form.touched.includes(key) || form.values[key] === undefined ? form : {...form, touched: [...form.touched, key]};
}

function pressFieldsButton(state: DeployOverlay, context: ViewContext): Update {
	const {target, form, focus} = state;
	if (focus === 'cancel' || target === undefined) {
		return {};
	}

	if (focus === 'back') {
		return {
			state: {...state, step: 'where', focus: 'list'},
			effects: state.templates.status === 'loading' ? [{type: 'templates', reply: templatesTag}] : [],
		};
	}

	const fields = deployFields(target, state.choices);
	const problems = deployProblems(target, fields, form, context);
	if (problems.length > 0) {
		return {state: showProblems(state, problems[0]!.field)};
	}

	const sequence = state.sequence + 1;
	return {
		state: {...state, step: 'plan', focus: 'cancel', plan: loading, sequence, top: 0},
		effects: [{type: 'plan', command: 'deploy', input: deployInput(target, fields, form, state.template), reply: planTag(sequence)}],
	};
}

// All problems are said now, and the focus goes to the first.
function showProblems(state: DeployOverlay, problem: string): DeployOverlay {
	const fields = deployFields(state.target!, state.choices);
	const field = fields.find(({key}) => key === problem || problem.startsWith(`${key}.`));
	const form = {
		...state.form,
		touched: fields.map(({key}) => key),
		isAdvancedShown: state.form.isAdvancedShown || field?.isAdvanced === true,
	};
	const stop = formStops(fields, form).find(stop => fieldOfStop(stop) === field?.key);
	return {...state, form, focus: stop ?? state.focus};
}

function updatePlan(state: DeployOverlay, event: InputEvent): Update {
	if (state.isSent) {
		return {state};
	}

	const stops = state.plan.status === 'ready' ? ['cancel', 'back', 'deploy'] : ['cancel', 'back'];
	if (isKey(event, 'enter')) {
		return pressPlanButton(state);
	}

	if (isKey(event, 'c') && state.plan.status === 'ready') {
		return {state, effects: [{type: 'copy', text: state.plan.value.cli, label: 'command line'}]};
	}

	if (isKey(event, 'pageDown', 'j', 'pageUp', 'k')) {
		return {state: {...state, top: Math.max(0, state.top + (isKey(event, 'pageDown', 'j') ? 2 : -2))}};
	}

	const focus = moveFocus(stops, state.focus, event);
	return {state: focus === undefined ? state : {...state, focus}};
}

function pressPlanButton(state: DeployOverlay): Update {
	const {target, focus} = state;
	if (focus === 'back') {
		return {state: {...state, step: 'fields', focus: 'plan'}};
	}

	if (focus !== 'deploy' || target === undefined || state.plan.status !== 'ready') {
		return {};
	}

	const fields = deployFields(target, state.choices);
	return {
		state: {...state, isSent: true, focus: 'cancel'},
		effects: [
			{type: 'run', command: 'deploy', input: deployInput(target, fields, state.form, state.template), reply: runTag(state.sequence)},
		],
	};
}

const runTag = (sequence: number): string => `deploy:run:${sequence}`;

// Taken on, the rest is seen in the activity; refused, the person can go back and change what was wrong.
const handedOver = (state: DeployOverlay, {outcome}: Extract<LayerEvent, {type: 'reply'}>): Update =>
	outcome.ok ? {} : {state: {...state, isSent: false, plan: {status: 'failed', error: outcome.error}, focus: 'back'}};

function answer(state: DeployOverlay, {reply, outcome}: Extract<LayerEvent, {type: 'reply'}>): DeployOverlay {
	if (reply === templatesTag) {
		return {...state, templates: fromOutcome<readonly TemplateRow[]>(outcome)};
	}

	if (reply === planTag(state.sequence) && state.step === 'plan') {
		const plan = fromOutcome<Plan>(outcome);
		return {...state, plan, focus: state.focus === 'deploy' && plan.status !== 'ready' ? 'cancel' : state.focus};
	}

	if (state.target === undefined || state.choices.status !== 'loading' || reply !== choicesTag(state.target)) {
		return state;
	}

	const choices = fromOutcome<Readonly<Record<string, readonly Choice[]>>>(outcome);
	const form = refitForm(state.form, deployFields(state.target, state.choices), deployFields(state.target, choices));
	return {...state, choices, form};
}
