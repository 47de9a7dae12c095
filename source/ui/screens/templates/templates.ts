import {type TemplateRow} from '../../../engine/templates/template-library.ts';
import {isKey} from '../../components/dialog/focus.ts';
import {moveCursor} from '../../components/scroll-text/scroll.ts';
import {openDeployTemplate} from '../../overlays/deploy/open-deploy.ts';
import {templateOffer} from '../../overlays/deploy/templates.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {fromOutcome, loading, type Remote} from '../../overlays/shared/remote.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Effect} from '../../view/effect.ts';
import {type ViewState} from '../../view/state.ts';
import {screenScopes} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';

/** Every template with where it stands, those that cannot be launched too; launched from here. */
export type TemplatesScreen = {
	readonly kind: 'templates';
	readonly rows: Remote<readonly TemplateRow[]>;
	readonly cursor: number;
	readonly top: number;
};

const rowsTag = 'templates:rows';
const read: Effect = {type: 'templates', reply: rowsTag};

export const openTemplates = (): Opened<TemplatesScreen> => ({
	state: {kind: 'templates', rows: loading, cursor: 0, top: 0},
	effects: [read],
});

export const rowsOf = ({rows}: TemplatesScreen): readonly TemplateRow[] => (rows.status === 'ready' ? rows.value : []);

export const selectedOf = (state: TemplatesScreen): TemplateRow | undefined => {
	const rows = rowsOf(state);
	return rows[Math.min(state.cursor, rows.length - 1)];
};

/** Rows of the list: its head and what is said about the one under the cursor take the rest. */
export const templateRows = (height: number): number => Math.max(1, height - 1 - templateDetailRows(height));

export const templateDetailRows = (height: number): number => Math.max(3, Math.min(12, Math.floor(height * 0.5)));

export function updateTemplates(
	state: TemplatesScreen,
	event: LayerEvent,
	context: ViewContext,
	view: ViewState,
): LayerUpdate<TemplatesScreen> {
	if (event.type === 'reply') {
		return {state: event.reply === rowsTag ? {...state, rows: fromOutcome<readonly TemplateRow[]>(event.outcome)} : state};
	}

	const row = selectedOf(state);
	const command = screenCommand(event, screenScopes.templates, context);
	switch (command) {
		case 'back': {
			return {};
		}

		case 'templates.launch': {
			const offer = row === undefined ? undefined : templateOffer(context.engine, row);
			if (row === undefined || offer === undefined || offer.unavailable !== undefined) {
				return row === undefined ? {state} : {state, effects: [toast(`${row.name}: ${offer?.unavailable ?? whyNot(row)}`)]};
			}

			const {state: overlay, effects} = openDeployTemplate(context, offer);
			return {state, overlay, effects};
		}

		case 'templates.copy': {
			return row === undefined ? {state} : {state, effects: [{type: 'copy', text: row.file, label: 'file name'}]};
		}

		default: {
			// A file may have been written meanwhile.
			if (isKey(event, 'ctrl+r', 'R', 'f5')) {
				return {state, effects: [read]};
			}

			const move = moveOf(command);
			return move === undefined
				? {state, isIgnored: event.type === 'key'}
				: {state: {...state, ...moveCursor(state, move, rowsOf(state).length, templateRows(screenArea(view).height))}};
		}
	}
}

/** What nobody can launch is not offered to be. */
export function isTemplateOff(state: TemplatesScreen, command: string, {engine}: ViewContext): boolean {
	const row = selectedOf(state);
	return command === 'templates.launch'
		? row === undefined || templateOffer(engine, row) === undefined
		: row === undefined && command === 'templates.copy';
}

/** Why a template is not launched. */
export const whyNot = ({hiddenBy, problems, own, type}: TemplateRow): string =>
	hiddenBy !== undefined
		? 'another one of this name goes before it'
		: problems.length > 0
			? 'it has to be mended first'
			: own.abstract === true
				? 'it is made to be inherited'
				: `no plugin that runs deploys ${type === undefined ? 'what it makes' : `a ${type}`}`;

const toast = (text: string): Effect => ({type: 'toast', level: 'warn', text});
