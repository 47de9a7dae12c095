import {isKey, moveFocus} from '../../components/dialog/focus.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {emptyHidden, type HiddenField, hiddenLine, updateHidden} from '../../components/hidden-field/hidden-field.ts';
import {type Line, span} from '../../components/line/line.ts';
import {createTextField, type TextField, updateTextField} from '../../components/text-field/text-field.ts';
import {textFieldSpans} from '../../components/text-field/text-field-line.ts';
import {wrapText} from '../../../core/text/text.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Effect} from '../../view/effect.ts';
import {type ViewState} from '../../view/state.ts';
import {type LayerEvent, type LayerUpdate} from '../overlay.ts';

/** What a plugin wants to know. The frame and its name are ours, so that it cannot look like cws. */
export type QuestionOverlay = {
	readonly kind: 'question';
	readonly id: number;
	readonly plugin: string;
	/** Of the plugin. */
	readonly title: string;
	/** One harmless line. */
	readonly text: string;
	readonly wants: 'yes' | 'text' | 'secret';
	readonly field: TextField;
	readonly hidden: HiddenField;
	readonly focus: 'field' | 'cancel' | 'accept' | 'mute';
};

type Question = Pick<QuestionOverlay, 'id' | 'plugin' | 'title' | 'text' | 'wants'>;

export const questionOf = (question: Question): QuestionOverlay => ({
	kind: 'question',
	...question,
	field: createTextField(),
	hidden: emptyHidden,
	focus: question.wants === 'yes' ? 'cancel' : 'field',
});

export function updateQuestion(state: QuestionOverlay, event: LayerEvent): LayerUpdate<QuestionOverlay> {
	if (event.type === 'engine' || event.type === 'reply') {
		return {state};
	}

	const {id, wants, focus} = state;
	const answer = (more: Omit<Extract<Effect, {type: 'answer'}>, 'type' | 'question'> = {}): LayerUpdate<QuestionOverlay> => ({
		effects: [{type: 'answer', question: id, ...more}],
	});
	if (isKey(event, 'esc')) {
		return answer();
	}

	if (isKey(event, 'enter')) {
		switch (focus) {
			case 'accept': {
				return answer({value: wants === 'yes' ? 'yes' : wants === 'text' ? state.field.value : state.hidden.value});
			}

			case 'field': {
				return {state};
			}

			default: {
				return answer(focus === 'mute' ? {isMuted: true} : {});
			}
		}
	}

	const stops = wants === 'yes' ? ['cancel', 'accept', 'mute'] : ['field', 'cancel', 'accept', 'mute'];
	const isInside = focus === 'field' && isKey(event, 'left', 'right');
	const next = isInside ? undefined : moveFocus(stops, focus, event);
	if (next !== undefined) {
		return {state: {...state, focus: next as QuestionOverlay['focus']}};
	}

	if (focus !== 'field') {
		return {state};
	}

	const field = wants === 'text' ? updateTextField(state.field, event) : undefined;
	const hidden = wants === 'secret' ? updateHidden(state.hidden, event) : undefined;
	return {state: {...state, ...(field !== undefined && {field}), ...(hidden !== undefined && {hidden})}};
}

export function viewQuestion(
	{plugin, title, text, wants, field, hidden, focus}: QuestionOverlay,
	_context: ViewContext,
	view: ViewState,
): DialogView {
	const wanted = 62;
	const width = Math.min(wanted, view.size.columns - 4);
	const isFocused = focus === 'field';
	return {
		title: `The plugin ${plugin} asks`,
		width: wanted,
		header: [[span('text.muted', title === plugin ? 'Not cws, but a plugin wants to know:' : `Not cws, but ${title} wants to know:`)]],
		body: [
			...wrapText(text, width).map((line): Line => [span('text.strong', line, {bold: true})]),
			...(wants === 'yes' ? [] : [[], wants === 'text' ? textFieldSpans({field, width, isFocused}) : hiddenLine(hidden, width, isFocused)]),
			...(wants === 'secret' ? [[span('text.faint', 'not shown; cws keeps it')]] : []),
		],
		footer: [
			buttonsLine(
				[
					{id: 'cancel', label: wants === 'yes' ? 'No' : 'Cancel'},
					{id: 'accept', label: wants === 'yes' ? 'Yes' : 'Answer'},
					{id: 'mute', label: 'Do not let it ask'},
				],
				focus,
			),
		],
	};
}
