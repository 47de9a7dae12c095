import {fixOf, type Failure} from '../../../core/failure/failure.ts';
import {wrapText} from '../../../core/text/text.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {type Line, span} from '../../components/line/line.ts';
import {factLabelWidth} from '../shared/facts.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';

/** A failure that needs more than a toast: what, why, what to do. */
export type MessageOverlay = {readonly kind: 'message'; readonly title: string; readonly failure: Failure};

export const openMessage = (title: string, failure: Failure): Opened<MessageOverlay> => ({
	state: {kind: 'message', title, failure},
	effects: [],
});

export function updateMessage(state: MessageOverlay, event: LayerEvent): LayerUpdate<MessageOverlay> {
	const plugin = pluginWithoutSecret(state.failure);
	if (plugin !== undefined && isKey(event, 'K')) {
		return {command: {id: 'plugins.secret', argument: plugin}};
	}

	const out = pluginWithoutLogin(state.failure);
	if (out !== undefined && isKey(event, 'A')) {
		return {command: {id: 'plugins.login', argument: out}};
	}

	return isKey(event, 'esc', 'enter', 'q') ? {} : {state};
}

/** The plugin whose missing secret is the failure: `K` enters it. */
export const pluginWithoutSecret = ({code, details}: Failure): string | undefined =>
	code === 'CWS_SECRET_MISSING' && typeof details?.['plugin'] === 'string' ? details['plugin'] : undefined;

/** The plugin whose login is wanted: `A` begins it. Only one that brings a login is named. */
export const pluginWithoutLogin = ({code, details}: Failure): string | undefined =>
	code === 'CWS_NEEDS_LOGIN' && typeof details?.['plugin'] === 'string' ? details['plugin'] : undefined;

export function viewMessage({title, failure}: MessageOverlay): DialogView {
	const width = 66;
	const offer: Line =
		pluginWithoutSecret(failure) !== undefined
			? ['   ', span('key', 'K'), span('text.muted', ' enters it here')]
			: pluginWithoutLogin(failure) !== undefined
				? ['   ', span('key', 'A'), span('text.muted', ' logs in here')]
				: [];
	return {
		title,
		tone: 'danger',
		width,
		body: failureLines(failure, width),
		footer: [[...buttonsLine([{id: 'close', label: 'Close'}], 'close'), span('text.faint', `   ${failure.code}`), ...offer]],
	};
}

/** What failed, why and what to do, in a label column and a text column. */
export function failureLines(failure: Failure, width: number): readonly Line[] {
	const part = (label: string, token: 'health.fail' | 'text.default' | 'text.accent', text: string): Line[] =>
		wrapText(text, Math.max(8, width - factLabelWidth)).map((line, index) => [
			span('text.muted', (index === 0 ? label : '').padEnd(factLabelWidth)),
			span(token, line, {bold: token === 'health.fail'}),
		]);
	return [
		...part('what', 'health.fail', failure.message),
		...(failure.cause === undefined ? [] : part('cause', 'text.default', failure.cause)),
		...part('try', 'text.accent', fixOf(failure)),
	];
}
