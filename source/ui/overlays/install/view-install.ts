import {safeText} from '../../../core/text/safe-text.ts';
import {wrapText} from '../../../core/text/text.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {type Line, span} from '../../components/line/line.ts';
import {textFieldSpans} from '../../components/text-field/text-field-line.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {permissionList} from '../consent/view-consent.ts';
import {failureLines} from '../message/message.ts';
import {factLine, factLines} from '../shared/facts.ts';
import {type InstallOverlay} from './install.ts';

export function viewInstall(state: InstallOverlay, _context: ViewContext, view: ViewState): DialogView {
	const {field, found, work, error, focus, at} = state;
	const wanted = 76;
	const width = Math.min(wanted, view.size.columns - 4);
	const problem: readonly Line[] = error === undefined ? [] : [[], ...failureLines(error, width)];
	if (found === undefined) {
		return {
			title: 'Install a plugin',
			width: wanted,
			body: [
				[span('text.muted', 'A package, a folder, or a plugin in one file:')],
				textFieldSpans({field, width, isFocused: focus === 'field', placeholder: './acme.cwsplugin'}),
				...problem,
			],
			footer: [
				[
					...buttonsLine(
						[
							{id: 'cancel', label: 'Cancel'},
							{id: 'accept', label: work === 'looking' ? 'Looking …' : 'Look at it', isDisabled: field.value.trim() === ''},
						],
						focus,
					),
					span('text.faint', '   nothing runs yet'),
				],
			],
		};
	}

	const {source, preview} = found;
	const {manifest, previousVersion, consent} = preview;
	const isUpdate = previousVersion !== undefined;
	const {lines, anchor} = permissionList(consent?.needed ?? [], at, width);
	return {
		title: isUpdate ? 'Update this plugin?' : 'Install this plugin?',
		width: wanted,
		header: [
			[
				span('text.strong', safeText(manifest.title), {bold: true}),
				span('text.muted', `  ${manifest.id} ${isUpdate ? `${previousVersion} → ` : ''}${manifest.version}`),
			],
			factLine(
				'badge',
				span('health.warn', 'unsigned', {bold: true}),
				span('text.muted', manifest.author === undefined ? '' : ` · by ${safeText(manifest.author)}`),
			),
			...factLines('from', safeText(source), width, 'text.muted'),
			...wrapText(
				consent === undefined
					? 'It asks for nothing that is not allowed already.'
					: isUpdate
						? 'New in this version. The version before stays if you say no:'
						: 'It runs in a sandbox and can do only what you allow here:',
				width,
			).map((text): Line => [span('text.muted', text)]),
		],
		body: [...lines, ...problem],
		anchor: error === undefined ? anchor : lines.length + problem.length - 1,
		footer: [
			buttonsLine(
				[
					{id: 'cancel', label: 'Cancel'},
					{id: 'accept', label: work === 'installing' ? 'Installing …' : isUpdate ? 'Update and allow' : 'Install and allow'},
				],
				focus,
			),
		],
	};
}
