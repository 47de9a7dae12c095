import {scrollBy} from '../../components/scroll-text/scroll.ts';
import {span} from '../../components/line/line.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, screenScopes, type ScreenView} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';
import {textWindow} from '../shared/text-window.ts';
import {costScreenLines} from './cost-lines.ts';

/** Where the money goes. */
export type CostScreen = {readonly kind: 'cost'; readonly top: number};

export const openCost = (): Opened<CostScreen> => ({state: {kind: 'cost', top: 0}, effects: []});

export function updateCost(state: CostScreen, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<CostScreen> {
	const command = event.type === 'engine' || event.type === 'reply' ? undefined : screenCommand(event, screenScopes.cost, context);
	if (command === 'back') {
		return {};
	}

	const move = moveOf(command);
	if (move === undefined) {
		return {state, isIgnored: event.type === 'key'};
	}

	const {width, height} = screenArea(view);
	return {state: {...state, top: scrollBy(state.top, move, costScreenLines(context.engine, width).length, height)}};
}

export function viewCost({top}: CostScreen, {engine}: ViewContext, _view: ViewState, {width, height}: ScreenArea): ScreenView {
	const lines = costScreenLines(engine, width);
	return {
		title: 'Cost',
		note: [span('text.muted', `a month is ${engine.hoursPerMonth} h`)],
		...textWindow(lines, top, height),
	};
}
