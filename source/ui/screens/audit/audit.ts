import {type AuditRecord} from '../../../core/event.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {cell, type Line, lineText, span} from '../../components/line/line.ts';
import {scrollBy} from '../../components/scroll-text/scroll.ts';
import {findLine, highlight, noSearch, searchLine, type TextSearch, updateTextSearch} from '../../components/scroll-text/text-search.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {fromOutcome, loading, type Remote} from '../../overlays/shared/remote.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {type Token} from '../../theme/tokens.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, screenScopes, type ScreenView} from '../screen.ts';
import {dayTime} from '../shared/day-time.ts';
import {screenArea} from '../shared/screen-area.ts';
import {textWindow} from '../shared/text-window.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';

/** Who did what, from where, and how it ended. */
export type AuditScreen = {
	readonly kind: 'audit';
	readonly records: Remote<readonly AuditRecord[]>;
	readonly top: number;
	readonly search: TextSearch;
};

const replyTag = 'audit:read';
const limit = 500;

export const openAudit = (): Opened<AuditScreen> => ({
	state: {kind: 'audit', records: loading, top: 0, search: noSearch},
	effects: [{type: 'audit', limit, reply: replyTag}],
});

export function updateAudit(state: AuditScreen, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<AuditScreen> {
	if (event.type === 'engine') {
		return {state};
	}

	if (event.type === 'reply') {
		return {state: event.reply === replyTag ? {...state, records: fromOutcome<readonly AuditRecord[]>(event.outcome)} : state};
	}

	const lines = auditLines(state, view);
	if (state.search.isTyping) {
		const next = {...state, search: updateTextSearch(state.search, event)};
		return {state: next.search.field.value === state.search.field.value ? next : jump(next, lines, 1, 0)};
	}

	const command = screenCommand(event, screenScopes.audit, context);
	switch (command) {
		case 'back': {
			return state.search.field.value === '' ? {} : {state: {...state, search: noSearch}};
		}

		case 'text.search': {
			return {state: {...state, search: {...noSearch, isTyping: true}}};
		}

		case 'text.next':
		case 'text.previous': {
			return {state: jump(state, lines, command === 'text.next' ? 1 : -1, 1)};
		}

		case 'text.copy':
		case 'text.save': {
			const text = lines.map(line => lineText(line)).join('\n');
			return {
				state,
				effects: [
					command === 'text.copy' ? {type: 'copy', text, label: 'audit log'} : {type: 'save', name: 'cws-audit.txt', text: `${text}\n`},
				],
			};
		}

		default: {
			if (isKey(event, 'ctrl+r', 'f5')) {
				return {state, effects: [{type: 'audit', limit, reply: replyTag}]};
			}

			const move = moveOf(command);
			return move === undefined
				? {state, isIgnored: true}
				: {state: {...state, top: scrollBy(state.top, move, lines.length, rowsOf(screenArea(view).height))}};
		}
	}
}

export function viewAudit(state: AuditScreen, _context: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const {records, search} = state;
	const lines = auditLines(state, view);
	const rows = rowsOf(height);
	const shown = textWindow(lines, state.top, rows, search.field.value !== '');
	return {
		title: 'Audit',
		note: records.status === 'ready' ? [span('text.muted', `newest ${records.value.length}`)] : [],
		header: [headLine, ...(records.status === 'failed' ? failureLines(records.error, width) : [])],
		more: shown.more,
		body: shown.body.map(line => highlight(line, search.field.value)),
		footer: search.isTyping ? [searchLine(search, width)] : [],
	};
}

const rowsOf = (height: number): number => Math.max(1, height - 2);

const headLine: Line = [span('text.muted', 'TIME            WHO           FROM  COMMAND           ENDED      TARGET')];

const outcomeTokens: Readonly<Record<AuditRecord['outcome'], Token>> = {
	done: 'health.pass',
	failed: 'health.fail',
	denied: 'health.warn',
	cancelled: 'text.muted',
	preview: 'text.muted',
};

function auditLines({records}: AuditScreen, {spinner}: ViewState): readonly Line[] {
	if (records.status === 'loading') {
		return [[span('status.changing', spinnerGlyph(spinner)), span('text.muted', ' reading the audit log')]];
	}

	if (records.status === 'failed') {
		return [];
	}

	return records.value.length === 0
		? [[span('text.muted', 'Nobody has changed anything yet.')]]
		: records.value.map(({at, user, origin, command, outcome, target, error}): Line => [
				span('text.faint', `${dayTime(at)}  `),
				cell('text.default', user, 13),
				' ',
				cell('text.muted', origin, 5),
				' ',
				cell('text.strong', command, 17),
				' ',
				cell(outcomeTokens[outcome], outcome, 10),
				' ',
				target ?? '',
				span('health.fail', error === undefined ? '' : `  ${error}`),
			]);
}

function jump(state: AuditScreen, lines: readonly Line[], by: 1 | -1, offset: 0 | 1): AuditScreen {
	const found = findLine(lines.length, index => lineText(lines[index]!), state.search.field.value, state.top + offset * by, by);
	return found === undefined ? state : {...state, top: found};
}
