import {type Failure} from '../../../core/failure/failure.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {type SecretEntry} from '../../../core/ports/secrets.ts';
import {type SecretRow} from '../../../engine/read-secrets.ts';
import {secretsOf} from '../../../engine/run/find-secret.ts';
import {isKey, moveFocus} from '../../components/dialog/focus.ts';
import {emptyHidden, type HiddenField, updateHidden} from '../../components/hidden-field/hidden-field.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';

type Asked = {
	readonly name: string;
	readonly title: string;
	readonly reason?: string;
	/** The plugin may have its value. */ readonly isRead: boolean;
};

/** Takes the value of one secret of a plugin; it is nowhere on the screen. */
export type SecretOverlay = {
	readonly kind: 'secret';
	readonly plugin: string;
	readonly secrets: readonly Asked[];
	readonly index: number;
	/** The person said which one. */
	readonly isNamed: boolean;
	/** What is kept already, when that is known. */
	readonly rows: readonly SecretRow[];
	readonly field: HiddenField;
	readonly focus: 'name' | 'field' | 'cancel' | 'save';
	readonly isSaving: boolean;
	readonly error?: Failure;
};

const setTag = 'secret:set';
const rowsTag = 'secret:rows';

/** `name` is the one that is wanted; the first otherwise. The plugin asks for at least one. */
export function openSecret(record: PluginRecord, name?: string): Opened<SecretOverlay> {
	const readable = record.manifest.permissions?.secrets?.filter(({read}) => read).map(secret => secret.name) ?? [];
	const secrets = secretsOf(record).map(({name, title, reason}): Asked => ({
		name,
		title,
		isRead: readable.includes(name),
		...(reason !== undefined && {reason}),
	}));
	const index = Math.max(
		0,
		secrets.findIndex(secret => secret.name === name),
	);
	return {
		state: {
			kind: 'secret',
			plugin: record.id,
			secrets,
			index,
			isNamed: name !== undefined,
			rows: [],
			field: emptyHidden,
			focus: 'field',
			isSaving: false,
		},
		effects: [{type: 'secrets', reply: rowsTag}],
	};
}

export const secretStops = ({secrets, field}: SecretOverlay): readonly SecretOverlay['focus'][] => [
	...(secrets.length > 1 ? (['name'] as const) : []),
	'field',
	'cancel',
	...(field.value === '' ? [] : (['save'] as const)),
];

export function updateSecret(state: SecretOverlay, event: LayerEvent): LayerUpdate<SecretOverlay> {
	if (event.type === 'engine') {
		return {state};
	}

	if (event.type === 'reply') {
		return receive(state, event);
	}

	if (isKey(event, 'esc')) {
		return {};
	}

	if (isKey(event, 'enter')) {
		return press(state);
	}

	if (state.focus === 'name' && isKey(event, 'left', 'right', 'space')) {
		const by = isKey(event, 'left') ? -1 : 1;
		const index = (state.index + by + state.secrets.length) % state.secrets.length;
		return {state: {...state, index, isNamed: true, field: emptyHidden}};
	}

	const isVertical = isKey(event, 'left', 'right') && state.focus === 'field';
	const focus = isVertical ? undefined : moveFocus(secretStops(state), state.focus, event);
	if (focus !== undefined) {
		return {state: {...state, focus: focus as SecretOverlay['focus']}};
	}

	const field = state.focus === 'field' ? updateHidden(state.field, event) : undefined;
	const {error: _, ...rest} = state;
	return {state: field === undefined ? state : {...rest, field}};
}

function press(state: SecretOverlay): LayerUpdate<SecretOverlay> {
	const {focus, plugin, secrets, index, field, isSaving} = state;
	if (focus === 'cancel') {
		return {};
	}

	if (focus !== 'save' || isSaving || field.value === '') {
		return {state};
	}

	const {error: _, ...rest} = state;
	return {
		state: {...rest, isSaving: true},
		effects: [{type: 'run', command: 'setSecret', input: {plugin, name: secrets[index]!.name, value: field.value}, reply: setTag}],
	};
}

// Who did not say which one means the first that is missing.
function withRows(state: SecretOverlay, rows: readonly SecretRow[]): SecretOverlay {
	const {plugin, secrets, isNamed, field, index} = state;
	const isMissing = ({name}: Asked) => rows.some(row => row.plugin === plugin && row.name === name && row.place === undefined);
	const missing = isNamed || field.value !== '' ? -1 : secrets.findIndex(secret => isMissing(secret));
	return {...state, rows, index: missing === -1 ? index : missing};
}

function receive(state: SecretOverlay, {reply, outcome}: Extract<LayerEvent, {type: 'reply'}>): LayerUpdate<SecretOverlay> {
	if (reply === rowsTag) {
		return {state: outcome.ok ? withRows(state, outcome.value as readonly SecretRow[]) : state};
	}

	if (reply !== setTag) {
		return {state};
	}

	if (!outcome.ok) {
		return {state: {...state, isSaving: false, error: outcome.error}};
	}

	const {name, place} = outcome.value as SecretEntry;
	const where = place === 'keychain' ? 'in the keychain' : 'in the sealed file';
	return {effects: [{type: 'toast', level: 'info', text: `${state.plugin} ${name} is set, ${where}`}]};
}
