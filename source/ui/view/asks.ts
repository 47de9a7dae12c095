import {fixOf} from '../../core/failure/failure.ts';
import {openConsentOf} from '../overlays/consent/consent.ts';
import {pluginWithoutLogin, pluginWithoutSecret} from '../overlays/message/message.ts';
import {withToast} from './activity/toasts.ts';
import {type ViewContext} from './context.ts';
import {type Message} from './message.ts';
import {type ViewState} from './state.ts';

// Only where nothing else is open: a dialog never takes the keys that were meant for another.
export const withAsk = (view: ViewState): ViewState =>
	view.asks.length === 0 || view.overlays.length > 0 ? view : {...view, overlays: [view.asks[0]!], asks: view.asks.slice(1)};

// A question that somebody's own command met is asked at once.
export function sayFailure(view: ViewState, {outcome}: Extract<Message, {type: 'reply'}>, context: ViewContext): ViewState {
	if (outcome.ok) {
		return view;
	}

	const consent = outcome.error.code === 'CWS_PLUGIN_CONSENT' ? openConsentOf(outcome.error, context) : undefined;
	const lacking = pluginWithoutSecret(outcome.error);
	const out = pluginWithoutLogin(outcome.error);
	const fix =
		lacking !== undefined
			? `K on the plugin \`${lacking}\` enters it.`
			: out !== undefined
				? `A on the plugin \`${out}\` logs in.`
				: fixOf(outcome.error);
	return consent === undefined
		? withToast(view, 'error', `${outcome.error.message} ${fix}`)
		: {...view, asks: [...view.asks, consent.state]};
}
