import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {formLines} from '../../components/form/form-lines.ts';
import {type Line, span} from '../../components/line/line.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {failureLines} from '../message/message.ts';
import {fieldOfStop} from '../../components/form/update-form.ts';
import {changedOptions, isOwn, optionProblems, type OptionsOverlay, unsetOptions} from './options.ts';

export function viewOptions(state: OptionsOverlay, context: ViewContext, view: ViewState): DialogView {
	const {plugin, entries, fields, form, focus, hasSecrets, isSaving, error} = state;
	const wanted = 78;
	const width = Math.min(wanted, view.size.columns - 4);
	const unset = unsetOptions(state);
	const changes = Object.keys(changedOptions(state)).length + unset.length;
	const shown = fields.map(field => (unset.includes(field.key) ? {...field, note: 'default, once saved'} : field));
	const canReset = isOwn(state, fieldOfStop(focus)) && !unset.includes(fieldOfStop(focus));
	const {lines, anchor} = formLines({fields: shown, form, focus, problems: optionProblems(state, context), width});
	const more: readonly Line[] = [
		...(hasSecrets
			? [[], [span('text.muted', 'What is secret is not here: '), span('key', 'K'), span('text.muted', ' on the plugin enters it.')]]
			: []),
		...(error === undefined ? [] : [[], ...failureLines(error, width)]),
	];
	return {
		title: `Options of ${plugin}`,
		note: changes === 0 ? 'nothing changed' : `${changes} changed`,
		width: wanted,
		body: [
			...(entries.status === 'loading' ? [[span('text.muted', 'reading')]] : []),
			...(entries.status === 'failed' ? failureLines(entries.error, width) : []),
			...(entries.status === 'ready' && fields.length === 0 ? [[span('text.muted', 'This plugin has no options.')]] : []),
			...lines,
			...more,
		],
		anchor: error === undefined ? anchor : lines.length + more.length - 1,
		footer: [
			[
				...buttonsLine(
					[
						{id: 'cancel', label: 'Cancel'},
						{id: 'save', label: isSaving ? 'Saving …' : 'Save'},
					],
					focus,
				),
				...(width <= 60
					? []
					: canReset
						? [span('key', '   ctrl+x'), span('text.faint', ' takes its default')]
						: [span('text.faint', '   only this plugin starts again')]),
			],
		],
	};
}
