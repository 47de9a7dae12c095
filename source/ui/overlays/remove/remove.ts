import {type Failure} from '../../../core/failure/failure.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {wrapText} from '../../../core/text/text.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {isKey, moveFocus} from '../../components/dialog/focus.ts';
import {type Line, span} from '../../components/line/line.ts';
import {createTextField, type TextField, updateTextField} from '../../components/text-field/text-field.ts';
import {textFieldSpans} from '../../components/text-field/text-field-line.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {failureLines} from '../message/message.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';
import {factLine, factLines} from '../shared/facts.ts';

/** Takes a plugin away with all it kept, after its id was typed. */
export type RemoveOverlay = {
	readonly kind: 'remove';
	readonly plugin: string;
	readonly title: string;
	readonly version: string;
	readonly directory: string;
	readonly field: TextField;
	readonly focus: 'field' | 'cancel' | 'remove';
	readonly isRemoving: boolean;
	readonly error?: Failure;
};

const removeTag = 'remove:run';

export const openRemove = ({id, manifest: {title, version}, directory}: PluginRecord): Opened<RemoveOverlay> => ({
	state: {
		kind: 'remove',
		plugin: id,
		title: safeText(title),
		version,
		directory,
		field: createTextField(),
		focus: 'field',
		isRemoving: false,
	},
	effects: [],
});

const isTyped = ({field, plugin}: RemoveOverlay): boolean => field.value.trim() === plugin;

export function updateRemove(state: RemoveOverlay, event: LayerEvent): LayerUpdate<RemoveOverlay> {
	if (event.type === 'reply' && event.reply === removeTag) {
		return event.outcome.ok
			? {effects: [{type: 'toast', level: 'info', text: `${state.plugin} is removed with all it kept`}]}
			: {state: {...state, isRemoving: false, error: event.outcome.error}};
	}

	if (event.type === 'engine' || event.type === 'reply') {
		return {state};
	}

	const {focus, plugin, field, isRemoving} = state;
	if (isKey(event, 'esc')) {
		return {};
	}

	if (isKey(event, 'enter') && focus !== 'field') {
		const {error: _, ...rest} = state;
		return focus === 'cancel'
			? {}
			: isRemoving || !isTyped(state)
				? {state}
				: {
						state: {...rest, isRemoving: true},
						effects: [{type: 'run', command: 'removePlugin', input: {plugin, confirm: field.value.trim()}, reply: removeTag}],
					};
	}

	const isInside = focus === 'field' && isKey(event, 'left', 'right');
	const next = isInside ? undefined : moveFocus(['field', 'cancel', ...(isTyped(state) ? ['remove'] : [])], focus, event);
	if (next !== undefined) {
		return {state: {...state, focus: next as RemoveOverlay['focus']}};
	}

	const typed = focus === 'field' && !isKey(event, 'enter') ? updateTextField(field, event) : undefined;
	return {state: typed === undefined ? state : {...state, field: typed}};
}

export function viewRemove(state: RemoveOverlay, _context: ViewContext, view: ViewState): DialogView {
	const {plugin, title, version, directory, field, focus, isRemoving, error} = state;
	const wanted = 62;
	const width = Math.min(wanted, view.size.columns - 4);
	return {
		title: 'Remove a plugin',
		tone: 'danger',
		width: wanted,
		body: [
			factLine('plugin', span('text.strong', title, {bold: true}), span('text.muted', `  ${plugin} ${version}`)),
			...factLines('in', directory, width, 'text.muted'),
			[],
			...wrapText('Its folder goes, with what you allowed it, its secrets and all it kept. What it made at its provider stays.', width).map(
				(text): Line => [span('text.default', text)],
			),
			[],
			[span('text.muted', 'Type '), span('text.strong', plugin, {bold: true}), span('text.muted', ' to remove it:')],
			textFieldSpans({field, width: Math.min(40, width), isFocused: focus === 'field'}),
			...(error === undefined ? [] : [[], ...failureLines(error, width)]),
		],
		anchor: 7,
		footer: [
			buttonsLine(
				[
					{id: 'cancel', label: 'Cancel'},
					{id: 'remove', label: isRemoving ? 'Removing …' : 'Remove', isDangerous: true, isDisabled: !isTyped(state)},
				],
				focus,
			),
		],
	};
}
