import {type JsonSchema} from '../../../core/schema/json.ts';
import {type TemplateParameter} from '../../../core/template.ts';
import {type Contribution, offeredTypes} from '../../../engine/contributions/resource-types.ts';
import {type EngineState} from '../../../engine/state.ts';
import {type TemplateRow} from '../../../engine/templates/template-library.ts';
import {fuzzyMatch} from '../../components/menu/fuzzy.ts';
import {type DeployOverlay} from './deploy-state.ts';
import {deployOffers, type Offer} from './offers.ts';

export const templatesTag = 'deploy:templates';

/** What the first step lists: provider and type, then templates that can be launched. */
export function whereOffers(engine: EngineState, {templates, menu}: Pick<DeployOverlay, 'templates' | 'menu'>): readonly Offer[] {
	const query = menu.query.value;
	const rows = templates.status === 'ready' ? templates.value : [];
	const found = rows.flatMap((row): readonly (Offer & {readonly score: number})[] => {
		const offer = templateOffer(engine, row);
		const match = offer === undefined ? undefined : fuzzyMatch(query, row.name);
		return offer === undefined || match === undefined ? [] : [{...offer, at: match.at, score: match.score}];
	});
	return [...deployOffers(engine, query), ...found.toSorted((a, b) => b.score - a.score)];
}

/** A template as something to deploy; undefined when it cannot be launched, or no plugin deploys what it makes. */
export function templateOffer(engine: EngineState, row: TemplateRow): Offer | undefined {
	const target = row.isLaunchable ? templateTarget(engine, row) : undefined;
	return target && {contribution: target, template: row, at: [], ...(engine.isReadOnly && {unavailable: 'cws is read-only'})};
}

/** Where a template leads, with a form that asks only for its parameters. */
function templateTarget({plugins}: EngineState, {type, resolved}: TemplateRow): Contribution | undefined {
	const target = offeredTypes(plugins).find(
		one =>
			one.type === type && one.operations.includes('deploy') && (resolved.provider === undefined || one.provider === resolved.provider),
	);
	return target && {...target, regions: [], sizes: [], form: parameterForm(resolved.parameters ?? {})};
}

const parameterForm = (parameters: Readonly<Record<string, TemplateParameter>>): JsonSchema => ({
	type: 'object',
	additionalProperties: false,
	required: Object.entries(parameters).flatMap(([name, {required, default: value}]) =>
		required === true && value === undefined ? [name] : [],
	),
	properties: Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameterSchema(parameter)])),
});

function parameterSchema({type, title, description, default: value, min, max, pattern, choices}: TemplateParameter): JsonSchema {
	const words = {
		...(title !== undefined && {title}),
		...(description !== undefined && {description}),
		...(value !== undefined && {default: value}),
	};
	switch (type) {
		case 'int': {
			return {...words, type: 'integer', ...(min !== undefined && {minimum: min}), ...(max !== undefined && {maximum: max})};
		}

		case 'bool': {
			return {...words, type: 'boolean'};
		}

		case 'choice': {
			return {...words, type: 'string', ...(choices !== undefined && {enum: choices})};
		}

		default: {
			return {
				...words,
				type: 'string',
				...(min !== undefined && {minLength: min}),
				...(max !== undefined && {maxLength: max}),
				...(pattern !== undefined && {pattern: `^(?:${pattern})$`, 'x-expected': `a text that fits ${pattern}`}),
			};
		}
	}
}
