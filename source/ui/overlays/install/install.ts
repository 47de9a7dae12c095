import {type Failure} from '../../../core/failure/failure.ts';
import {type InstallPreview} from '../../../core/ports/plugin-installer.ts';
import {type InstallResult} from '../../../engine/run/install-plugin.ts';
import {isKey, moveFocus} from '../../components/dialog/focus.ts';
import {createTextField, type TextField, updateTextField} from '../../components/text-field/text-field.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';

/** Installs a plugin from a path: first it is looked at, then what was seen is installed, and nothing else. */
export type InstallOverlay = {
	readonly kind: 'install';
	readonly field: TextField;
	/** What lies there; from then on the path does not change any more. */
	readonly found?: PreviewedInstall;
	readonly work: 'none' | 'looking' | 'installing';
	readonly error?: Failure;
	readonly focus: 'field' | 'cancel' | 'accept';
	/** The permission the list is scrolled to. */
	readonly at: number;
};

/** `source` is the path as it was looked at: absolute. */
export type PreviewedInstall = {readonly source: string; readonly preview: InstallPreview};

const lookTag = 'install:look';
const installTag = 'install:run';

/** With a path it is looked at right away: what a plugin was installed from may hold a newer one. */
export const openInstall = (source?: string): Opened<InstallOverlay> =>
	source === undefined
		? {state: {kind: 'install', field: createTextField(), work: 'none', focus: 'field', at: 0}, effects: []}
		: {
				state: {kind: 'install', field: createTextField(source), work: 'looking', focus: 'cancel', at: 0},
				effects: [{type: 'previewInstall', source, reply: lookTag}],
			};

export const installStops = ({found}: InstallOverlay): readonly InstallOverlay['focus'][] =>
	found === undefined ? ['field', 'cancel', 'accept'] : ['cancel', 'accept'];

export function updateInstall(
	state: InstallOverlay,
	event: LayerEvent,
	_context: ViewContext,
	view: ViewState,
): LayerUpdate<InstallOverlay> {
	if (event.type === 'engine') {
		return {state};
	}

	if (event.type === 'reply') {
		return receive(state, event, view);
	}

	if (isKey(event, 'esc')) {
		return {effects: [{type: 'cancel', reply: lookTag}]};
	}

	const {focus, found, field} = state;
	if (isKey(event, 'enter')) {
		return focus === 'cancel' ? {effects: [{type: 'cancel', reply: lookTag}]} : focus === 'accept' ? accept(state) : {state};
	}

	if (found !== undefined && isKey(event, 'up', 'down', 'j', 'k')) {
		const last = Math.max(0, (found.preview.consent?.needed.length ?? 0) - 1);
		return {state: {...state, at: Math.min(Math.max(0, state.at + (isKey(event, 'down', 'j') ? 1 : -1)), last)}};
	}

	const isInside = focus === 'field' && isKey(event, 'left', 'right');
	const next = isInside ? undefined : moveFocus(installStops(state), focus, event);
	if (next !== undefined) {
		return {state: {...state, focus: next as InstallOverlay['focus']}};
	}

	const typed = focus === 'field' ? updateTextField(field, event) : undefined;
	const {error: _, ...rest} = state;
	return {state: typed === undefined ? state : {...rest, field: typed}};
}

function accept(state: InstallOverlay): LayerUpdate<InstallOverlay> {
	const {work, found, field, error: _, ...rest} = state;
	const source = field.value.trim();
	if (work !== 'none' || (found === undefined && source === '')) {
		return {state};
	}

	return found === undefined
		? {state: {...rest, field, work: 'looking'}, effects: [{type: 'previewInstall', source, reply: lookTag}]}
		: {
				state: {...rest, field, found, work: 'installing'},
				effects: [{type: 'run', command: 'installPlugin', input: {source: found.source, accepts: found.preview.digest}, reply: installTag}],
			};
}

function receive(
	state: InstallOverlay,
	{reply, outcome}: Extract<LayerEvent, {type: 'reply'}>,
	{installedFrom: known}: ViewState,
): LayerUpdate<InstallOverlay> {
	if (reply !== lookTag && reply !== installTag) {
		return {state};
	}

	if (!outcome.ok) {
		return {state: {...state, work: 'none', error: outcome.error}};
	}

	if (reply === lookTag) {
		return {state: {...state, work: 'none', found: outcome.value as PreviewedInstall, focus: 'cancel', at: 0}};
	}

	const {plugin, version, record} = outcome.value as InstallResult;
	const installedFrom = {...known, [plugin]: state.found?.source ?? state.field.value};
	return {
		effects: [
			{type: 'toast', level: 'info', text: `${plugin} ${version} is installed and ${record.state}`},
			{type: 'remember', key: 'installedFrom', value: installedFrom},
		],
		installedFrom,
	};
}
