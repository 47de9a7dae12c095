import {type PluginRecord} from '../../../core/plugin.ts';
import {layoutOf, type LayoutInput, type Rect} from '../layout.ts';
import {panesAt, type PluginPane} from './plugin-panes.ts';

export type Card = {readonly pane: PluginPane; readonly rect: Rect};

const cardHeight = 7;
// What is spent stays readable whatever plugins want to show.
const costHeight = 8;

/** Dashboard panes of plugins, below the cost as far as there is room; the others are among the views. */
export function shownCards(view: LayoutInput, plugins: readonly PluginRecord[]): readonly Card[] {
	const {mode, panes} = layoutOf(view);
	const {cost} = panes;
	const wanted = panesAt(plugins, 'dashboard');
	if (mode !== 'panes' || view.isZoomed || cost === undefined || wanted.length === 0) {
		return [];
	}

	const count = Math.min(wanted.length, Math.floor((cost.height - costHeight) / cardHeight));
	return wanted.slice(0, Math.max(0, count)).map((pane, index) => ({
		pane,
		rect: {...cost, y: cost.y + cost.height - cardHeight * (count - index), height: cardHeight},
	}));
}

/** What is left for the cost above the cards. */
export const costRect = (rect: Rect, cards: readonly Card[]): Rect =>
	cards.length === 0 ? rect : {...rect, height: rect.height - cards.length * cardHeight};
