import {type ViewContext} from '../../view/context.ts';
import {type Toast, type ViewState} from '../../view/state.ts';
import {scopesOf} from '../../view/scopes.ts';
import {type Line, span} from '../line/line.ts';
import {isOff} from './is-off.ts';
import {hintLine} from './hint-line.ts';

const looks = {
	info: {glyph: '●', token: 'event.good'},
	warn: {glyph: '▲', token: 'event.warn'},
	error: {glyph: '✖', token: 'event.error'},
} as const;

/** The last line of the screen: a message while there is one, else what can be pressed. */
export function bottomLine(view: ViewState, context: ViewContext): Line {
	const toast = view.toasts.at(-1);
	if (toast !== undefined) {
		return toastLine(toast, view.toasts.length);
	}

	if (view.isFiltering) {
		return filterLine(view);
	}

	const {keymap} = context;
	const isCovered = view.screens.length > 0;
	return hintLine({
		keymap,
		scopes: scopesOf(view),
		isOff: command => isOff(command, view, context),
		...(isCovered ? {first: [span('key', keymap.keysOf('global.cancel')[0] ?? 'esc'), span('text.muted', ' back')]} : {}),
		width: view.size.columns,
		note: noteOf(view),
	});
}

function toastLine({level, text}: Toast, count: number): Line {
	const {glyph, token} = looks[level];
	return [' ', span(token, `${glyph} ${text}`), span('text.muted', count > 1 ? `  and ${count - 1} more` : '')];
}

function filterLine({filterError}: ViewState): Line {
	const keys: Line = [span('key', 'enter'), span('text.muted', ' keeps  '), span('key', 'esc'), span('text.muted', ' clears  ')];
	return filterError === undefined
		? [' ', ...keys, span('text.faint', 'text  !text  provider:aws  state:running  type:vm  tag:env=prod')]
		: [' ', span('health.fail', `✖ ${filterError}`), '  ', ...keys];
}

function noteOf({marks, theme}: ViewState): Line {
	const marked: Line = marks.size === 0 ? [] : [span('mark', `${marks.size} marked`), span('text.faint', ' · ')];
	return [...marked, span('text.faint', theme)];
}
