import {type Contribution, contributionsOf, sourceKey} from '../../../engine/contributions/resource-types.ts';
import {createForm} from '../../components/form/form-state.ts';
import {createMenu} from '../../components/menu/menu.ts';
import {suggestTextField} from '../../components/text-field/text-field.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Opened} from '../overlay.ts';
import {loading} from '../shared/remote.ts';
import {deployFields, nameKey, presetValues, suggestName} from './deploy-fields.ts';
import {type DeployOverlay, type DeployPreset} from './deploy-state.ts';
import {deployOffers, type Offer} from './offers.ts';
import {templatesTag} from './templates.ts';

/** The deploy dialog; it begins at the fields when it is already clear where. */
export function openDeploy(context: ViewContext, preset: DeployPreset = {}): Opened<DeployOverlay> {
	const {defaults} = context.settings;
	const state = atStart(preset);
	const offers = deployOffers(context.engine, '');
	const offer = presetOffer(offers, preset, context);
	if (offer !== undefined && offer.unavailable === undefined) {
		return chooseOffer(state, offer, context);
	}

	const preferred = offers.findIndex(
		({contribution: {provider, type}}) =>
			(preset.provider ?? defaults.provider ?? provider) === provider && (preset.type ?? defaults.type ?? type) === type,
	);
	return {state: {...state, menu: createMenu('', Math.max(0, preferred))}, effects: [{type: 'templates', reply: templatesTag}]};
}

/** The same at the fields of a template that was picked elsewhere. */
export function openDeployTemplate(context: ViewContext, offer: Offer): Opened<DeployOverlay> {
	const {state, effects} = chooseOffer(atStart({}), offer, context);
	// For the way back to the first step.
	return {state, effects: [...effects, {type: 'templates', reply: templatesTag}]};
}

const atStart = (preset: DeployPreset): DeployOverlay => ({
	kind: 'deploy',
	step: 'where',
	focus: 'list',
	menu: createMenu(),
	preset,
	form: {values: {}, touched: [], isAdvancedShown: false},
	templates: loading,
	choices: loading,
	plan: loading,
	isSent: false,
	sequence: 0,
	top: 0,
});

/** On to the fields of one provider and type; the plugin is asked for what only it knows. */
export function chooseOffer(state: DeployOverlay, {contribution: target, template}: Offer, context: ViewContext): Opened<DeployOverlay> {
	const fields = deployFields(target, loading);
	// What was preset is about the type, not about the parameters of a template.
	const form = createForm(fields, template === undefined ? presetValues(state, target, context) : {});
	const name = form.values[nameKey];
	const isNamed = name?.kind === 'text' && name.field.value !== '';
	return {
		state: {
			...state,
			step: 'fields',
			focus: nameKey,
			target,
			template,
			form: isNamed
				? form
				: {...form, values: {...form.values, [nameKey]: {kind: 'text', field: suggestTextField(suggestName(context, target))}}},
			choices: loading,
			plan: loading,
		},
		effects:
			template === undefined ? [{type: 'choices', provider: target.provider, resourceType: target.type, reply: choicesTag(target)}] : [],
	};
}

export const choicesTag = ({key}: Contribution): string => `deploy:choices:${key}`;

export const planTag = (sequence: number): string => `deploy:plan:${sequence}`;

// A type alone is enough when only one provider has it.
function presetOffer(offers: readonly Offer[], {provider, type}: DeployPreset, {engine, settings}: ViewContext): Offer | undefined {
	if (type === undefined) {
		return undefined;
	}

	const at = provider ?? settings.defaults.provider;
	const exact = at === undefined ? undefined : contributionsOf(engine.plugins).get(sourceKey(at, type));
	const fitting = offers.filter(({contribution}) =>
		provider === undefined && exact === undefined ? contribution.type === type : contribution.key === exact?.key,
	);
	return fitting.length === 1 ? fitting[0] : undefined;
}
