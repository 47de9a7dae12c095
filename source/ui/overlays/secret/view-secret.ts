import {safeText} from '../../../core/text/safe-text.ts';
import {wrapText} from '../../../core/text/text.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {hiddenLine} from '../../components/hidden-field/hidden-field.ts';
import {type Line, span} from '../../components/line/line.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {failureLines} from '../message/message.ts';
import {placeText} from '../../../engine/secret-place-text.ts';
import {factLine} from '../shared/facts.ts';
import {type SecretOverlay} from './secret.ts';

export function viewSecret(state: SecretOverlay, _context: ViewContext, view: ViewState): DialogView {
	const {plugin, secrets, index, rows, field, focus, isSaving, error} = state;
	const wanted = 62;
	const width = Math.min(wanted, view.size.columns - 4);
	const {name = '', title = '', reason = '', isRead = false} = secrets[index] ?? {};
	const row = rows.find(one => one.plugin === plugin && one.name === name);
	return {
		title: `A secret for ${plugin}`,
		width: wanted,
		body: [
			factLine(
				'secret',
				...nameSpans(safeText(title), {isMany: secrets.length > 1, isFocused: focus === 'name', at: `${index + 1} of ${secrets.length}`}),
			),
			...(reason === '' ? [] : wrapText(safeText(reason), width - 10).map((text): Line => factLine('', span('text.muted', text)))),
			factLine('now', span(row?.place === undefined ? 'text.muted' : 'health.pass', placeText(row ?? {}))),
			[],
			factLine('value', ...hiddenLine(field, Math.max(12, width - 12), focus === 'field')),
			factLine('', span('text.faint', 'not shown; several lines may be pasted')),
			...(error === undefined ? [] : [[], ...failureLines(error, width)]),
		],
		anchor: 4,
		footer: [
			[
				...buttonsLine(
					[
						{id: 'cancel', label: 'Cancel'},
						{id: 'save', label: isSaving ? 'Saving …' : row?.place === undefined ? 'Save' : 'Replace', isDisabled: field.value === ''},
					],
					focus,
				),
				span('text.faint', isRead ? '   the plugin may read it' : '   the plugin never sees it'),
			],
		],
	};
}

function nameSpans(
	title: string,
	{isMany, isFocused, at}: {readonly isMany: boolean; readonly isFocused: boolean; readonly at: string},
): Line {
	if (!isMany) {
		return [span('text.strong', title, {bold: true})];
	}

	return isFocused
		? [span('button.focusText', ` ${title} ◂ ▸ `, {on: 'button.focusBackground', bold: true}), span('text.faint', `  ${at}`)]
		: [
				span('field.text', ` ${title} `, {on: 'field.background'}),
				span('field.placeholder', ' ▾ ', {on: 'field.background'}),
				span('text.faint', `  ${at}`),
			];
}
