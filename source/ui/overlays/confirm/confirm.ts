import {moveFocus, isKey} from '../../components/dialog/focus.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type Line, span} from '../../components/line/line.ts';
import {wrapText} from '../../../core/text/text.ts';
import {type Effect} from '../../view/effect.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';

/** A question with two answers; what the second one does is data. */
export type ConfirmOverlay = {
	readonly kind: 'confirm';
	readonly title: string;
	readonly question: string;
	readonly details: readonly string[];
	readonly label: string;
	readonly isDangerous: boolean;
	readonly effects: readonly Effect[];
	/** What a no does. */
	readonly cancelEffects: readonly Effect[];
	readonly cancelLabel: string;
	readonly focus: 'cancel' | 'accept';
};

type Question = {
	readonly title: string;
	readonly question: string;
	readonly details?: readonly string[];
	/** The word on the button that does it. */
	readonly label: string;
	readonly isDangerous?: boolean;
	readonly effects: readonly Effect[];
	readonly cancelEffects?: readonly Effect[];
	readonly cancelLabel?: string;
};

export const openConfirm = ({
	details = [],
	isDangerous = false,
	cancelEffects = [],
	cancelLabel = 'Cancel',
	...question
}: Question): Opened<ConfirmOverlay> => ({
	state: {kind: 'confirm', ...question, details, isDangerous, cancelEffects, cancelLabel, focus: 'cancel'},
	effects: [],
});

export function updateConfirm(state: ConfirmOverlay, event: LayerEvent): LayerUpdate<ConfirmOverlay> {
	if (isKey(event, 'esc')) {
		return {effects: state.cancelEffects};
	}

	if (isKey(event, 'enter')) {
		return {effects: state.focus === 'accept' ? state.effects : state.cancelEffects};
	}

	const focus = event.type === 'key' ? moveFocus(['cancel', 'accept'], state.focus, event) : undefined;
	return {state: focus === undefined || focus === state.focus ? state : {...state, focus: focus as ConfirmOverlay['focus']}};
}

export function viewConfirm({title, question, details, label, cancelLabel, isDangerous, focus}: ConfirmOverlay): DialogView {
	const width = 58;
	return {
		title,
		tone: isDangerous ? 'danger' : 'default',
		width,
		body: [
			...wrapText(question, width).map((text): Line => [span('text.strong', text, {bold: true})]),
			...(details.length === 0 ? [] : [[]]),
			...details.flatMap(detail => wrapText(detail, width)).map((text): Line => [span('text.muted', text)]),
		],
		footer: [
			buttonsLine(
				[
					{id: 'cancel', label: cancelLabel},
					{id: 'accept', label, isDangerous},
				],
				focus,
			),
		],
	};
}
