import {type Contribution, offeredTypes} from '../../../engine/contributions/resource-types.ts';
import {isAbsent} from '../../../core/plugin.ts';
import {type EngineState} from '../../../engine/state.ts';
import {type TemplateRow} from '../../../engine/templates/template-library.ts';
import {fuzzyMatch} from '../../components/menu/fuzzy.ts';

/** A provider and type that can be deployed, or why it cannot be now. */
export type Offer = {
	readonly contribution: Contribution;
	/** A template that is offered in place of the bare type. */
	readonly template?: TemplateRow;
	readonly unavailable?: string;
	/** It works, but the person should know. */
	readonly note?: string;
	readonly at: readonly number[];
};

/** The pairs that fit what was typed, usable ones first, best match first. */
export function deployOffers(engine: EngineState, query: string): readonly Offer[] {
	return offeredTypes(engine.plugins)
		.filter(({operations}) => operations.includes('deploy'))
		.flatMap(contribution => {
			const match = fuzzyMatch(query, offerText(contribution));
			return match === undefined ? [] : [{score: match.score, offer: {contribution, at: match.at, ...stateOf(contribution, engine)}}];
		})
		.toSorted((a, b) => Number(a.offer.unavailable !== undefined) - Number(b.offer.unavailable !== undefined) || b.score - a.score)
		.map(({offer}) => offer);
}

export const offerText = ({provider, type}: Contribution): string => `${provider}/${type}`;

function stateOf({plugin}: Contribution, {isReadOnly}: EngineState): {readonly unavailable?: string; readonly note?: string} {
	if (isReadOnly) {
		return {unavailable: 'cws is read-only'};
	}

	if (isAbsent(plugin)) {
		return {unavailable: plugin.absent!};
	}

	switch (plugin.state) {
		case 'blocked':
		case 'failed':
		case 'quarantined': {
			return {unavailable: plugin.error?.message ?? `plugin ${plugin.state}`};
		}

		default: {
			return plugin.health.status === 'fail' || plugin.health.status === 'warn'
				? {note: plugin.health.output ?? `health ${plugin.health.status}`}
				: {};
		}
	}
}
