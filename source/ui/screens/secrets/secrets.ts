import {fixOf, type Failure} from '../../../core/failure/failure.ts';
import {type SecretRow} from '../../../engine/read-secrets.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {formatAge} from '../../../core/text/duration.ts';
import {cell, type Line, span} from '../../components/line/line.ts';
import {menuRow} from '../../components/menu/menu-lines.ts';
import {moveCursor} from '../../components/scroll-text/scroll.ts';
import {openConfirm} from '../../overlays/confirm/confirm.ts';
import {failureLines} from '../../overlays/message/message.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../../overlays/overlay.ts';
import {openSecret} from '../../overlays/secret/secret.ts';
import {placeText} from '../../../engine/secret-place-text.ts';
import {fromOutcome, loading, type Remote} from '../../overlays/shared/remote.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Effect} from '../../view/effect.ts';
import {type ViewState} from '../../view/state.ts';
import {type ScreenArea, screenScopes, type ScreenView} from '../screen.ts';
import {screenArea} from '../shared/screen-area.ts';
import {moveOf, screenCommand} from '../shared/screen-keys.ts';

/** Every secret that plugins ask for or that is kept: its name and its place, never its value. */
export type SecretsScreen = {
	readonly kind: 'secrets';
	readonly rows: Remote<readonly SecretRow[]>;
	readonly cursor: number;
	readonly top: number;
};

const rowsTag = 'secrets:rows';
const deletedTag = 'secrets:deleted';
const read: Effect = {type: 'secrets', reply: rowsTag};

const sayFailed = (error: Failure): Effect => ({type: 'toast', level: 'error', text: `${error.message} ${fixOf(error)}`});

export const openSecrets = (): Opened<SecretsScreen> => ({state: {kind: 'secrets', rows: loading, cursor: 0, top: 0}, effects: [read]});

export function updateSecrets(state: SecretsScreen, event: LayerEvent, context: ViewContext, view: ViewState): LayerUpdate<SecretsScreen> {
	if (event.type === 'reply') {
		// What was set or deleted meanwhile is read again.
		const isOld = event.reply === 'secret:set' || event.reply === deletedTag;
		return event.reply === rowsTag
			? {state: {...state, rows: fromOutcome<readonly SecretRow[]>(event.outcome)}}
			: {state, ...(isOld && {effects: [read, ...(event.outcome.ok ? [] : [sayFailed(event.outcome.error)])]})};
	}

	const rows = rowsOf(state);
	const row = rows[Math.min(state.cursor, rows.length - 1)];
	const command = screenCommand(event, screenScopes.secrets, context);
	switch (command) {
		case 'back': {
			return {};
		}

		case 'secrets.enter': {
			const record = context.engine.plugins.find(({id, state: phase}) => id === row?.plugin && phase !== 'shadowed');
			if (row === undefined || record === undefined || !row.isAsked) {
				return {state};
			}

			const {state: overlay, effects} = openSecret(record, row.name);
			return {state, overlay, effects};
		}

		case 'secrets.delete': {
			if (row?.place === undefined || row.place === 'environment') {
				return {
					state,
					effects: [
						{
							type: 'toast',
							level: 'warn',
							text: row?.from === undefined ? 'it is not set' : `it is in ${row.from}, which cws cannot delete`,
						},
					],
				};
			}

			const {state: overlay} = openConfirm({
				title: 'Delete a secret',
				question: `Delete the secret ${row.name} of ${row.plugin}?`,
				details: [`It is kept ${placeText(row)} and cannot be brought back.`],
				label: 'Delete',
				isDangerous: true,
				effects: [{type: 'run', command: 'deleteSecret', input: {plugin: row.key ?? row.plugin, name: row.name}, reply: deletedTag}],
			});
			return {state, overlay};
		}

		default: {
			const move = moveOf(command);
			if (move === undefined) {
				return {state, isIgnored: event.type === 'key'};
			}

			return {state: {...state, ...moveCursor(state, move, rows.length, screenArea(view).height - 2)}};
		}
	}
}

export function viewSecrets(state: SecretsScreen, _context: ViewContext, view: ViewState, {width, height}: ScreenArea): ScreenView {
	const rows = rowsOf(state);
	const widths = [
		Math.max(8, ...rows.map(({plugin}) => plugin.length)) + 2,
		Math.max(6, ...rows.map(({name}) => name.length)) + 2,
		24,
	] as const;
	const head: Line = [
		cell('text.muted', 'PLUGIN', widths[0]),
		cell('text.muted', 'NAME', widths[1]),
		cell('text.muted', 'KEPT', widths[2]),
		span('text.muted', 'FOR'),
	];
	const {cursor, top} = moveCursor(state, undefined, rows.length, height - 2);
	const room = Math.max(1, height - 2);
	return {
		title: 'Secrets',
		note:
			state.rows.status === 'ready'
				? [span('text.muted', `${rows.filter(({place}) => place !== undefined).length} of ${rows.length} set`)]
				: [],
		header: rows.length === 0 ? [] : [head],
		body:
			state.rows.status === 'failed'
				? failureLines(state.rows.error, width)
				: rows.length === 0
					? [[], [span('text.muted', state.rows.status === 'loading' ? 'reading' : 'No plugin asks for a secret, and none is kept.')]]
					: rows.slice(top, top + room).map((row, index) => menuRow(rowLine(row, widths, view.now), top + index === cursor, width)),
		more: {above: top > 0, below: top + room < rows.length},
		footer: [[span('text.faint', 'Values are never shown.')]],
	};
}

/** A secret that no plugin asks for cannot be set, and one of the environment not deleted. */
export function isSecretOff(state: SecretsScreen, command: string): boolean {
	const rows = rowsOf(state);
	const row = rows[Math.min(state.cursor, rows.length - 1)];
	return command === 'secrets.enter'
		? row?.isAsked !== true
		: command === 'secrets.delete' && (row?.place === undefined || row.place === 'environment');
}

const rowsOf = ({rows}: SecretsScreen): readonly SecretRow[] => (rows.status === 'ready' ? rows.value : []);

function rowLine(row: SecretRow, widths: readonly [number, number, number], now: number): Line {
	const {plugin, name, title = '', place, setAt, isAsked} = row;
	return [
		cell('text.default', plugin, widths[0]),
		cell('text.strong', name, widths[1]),
		cell(place === undefined ? 'health.warn' : 'health.pass', placeText(row), widths[2]),
		isAsked ? safeText(title) : span('text.faint', 'no plugin asks for it'),
		span('text.faint', setAt === undefined ? '' : `  ${formatAge(now - setAt)}`),
	];
}
