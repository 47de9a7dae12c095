import {failed, ok} from '../../../source/core/failure/outcome.ts';
import {type Failure} from '../../../source/core/failure/failure.ts';
import {updateOverlay} from '../../../source/ui/overlays/registry.ts';
import {type LayerEvent, type LayerUpdate, type Opened, type OverlayState} from '../../../source/ui/overlays/overlay.ts';
import {type ViewContext} from '../../../source/ui/view/context.ts';
import {type Effect} from '../../../source/ui/view/effect.ts';
import {viewContext, viewState} from './layer-fixture.ts';

/** An overlay that is driven by events; what it wanted is kept. */
export type Driven = {
	readonly state: OverlayState | undefined;
	readonly effects: readonly Effect[];
	readonly last: LayerUpdate<OverlayState>;
};

export function drive({state, effects}: Opened<OverlayState>, events: readonly LayerEvent[], context: ViewContext = viewContext()): Driven {
	return events.reduce<Driven>(
		(driven, event) => {
			if (driven.state === undefined) {
				throw new Error('The overlay is closed already');
			}

			const last = updateOverlay(driven.state, event, context, viewState());
			return {state: last.state, effects: [...driven.effects, ...(last.effects ?? [])], last};
		},
		{state, effects, last: {}},
	);
}

export const runs = ({effects}: Pick<Driven, 'effects'>): readonly Effect[] => effects.filter(({type}) => type === 'run');

export const reply = (tag: string, value: unknown, isLast = true): LayerEvent => ({type: 'reply', reply: tag, outcome: ok(value), isLast});

export const refusal = (tag: string, error: Failure): LayerEvent => ({type: 'reply', reply: tag, outcome: failed(error), isLast: true});
