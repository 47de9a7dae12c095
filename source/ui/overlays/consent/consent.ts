import {type Failure} from '../../../core/failure/failure.ts';
import {type PermissionItem} from '../../../core/permissions/permission-item.ts';
import {type PluginRecord} from '../../../core/plugin.ts';
import {type Consent} from '../../../core/plugin-parts.ts';
import {isSameJson} from '../../../core/schema/same-json.ts';
import {formatKey} from '../../../keymap/key-event.ts';
import {isKey, moveFocus} from '../../components/dialog/focus.ts';
import {failureTag} from '../../view/activity/failure-tag.ts';
import {type ViewContext} from '../../view/context.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';

/** What a plugin asks for, with every reason; what is on the screen is what Allow allows. */
export type ConsentOverlay = {
	readonly kind: 'consent';
	readonly plugin: string;
	/** Of the version that asks. */
	readonly version: string;
	readonly shown: Consent;
	/** What is asked for became something else while the dialog was open. */
	readonly hasChanged: boolean;
	readonly focus: 'cancel' | 'deny' | 'allow';
	/** The permission the list is scrolled to. */
	readonly at: number;
};

const stops: readonly ConsentOverlay['focus'][] = ['cancel', 'deny', 'allow'];

export const openConsent = ({id, manifest}: PluginRecord, shown: Consent): Opened<ConsentOverlay> => ({
	state: {kind: 'consent', plugin: id, version: manifest.version, shown, hasChanged: false, focus: 'cancel', at: 0},
	effects: [],
});

/** The dialog for a failure that says what is missing; the record may not have come yet. */
export function openConsentOf({details}: Failure, {engine}: ViewContext): Opened<ConsentOverlay> | undefined {
	const record = engine.plugins.find(({id, state}) => id === details?.['plugin'] && state !== 'shadowed');
	const needed = details?.['needed'] as readonly PermissionItem[] | undefined;
	return record === undefined || needed === undefined
		? undefined
		: openConsent(record, {needed, isUpdate: record.consent?.isUpdate ?? record.state === 'active'});
}

export function updateConsent(state: ConsentOverlay, event: LayerEvent, {engine}: ViewContext): LayerUpdate<ConsentOverlay> {
	if (event.type === 'engine') {
		return follow(state, engine.plugins);
	}

	if (event.type === 'reply' || isKey(event, 'esc')) {
		return event.type === 'reply' ? {state} : {};
	}

	if (isKey(event, 'enter')) {
		const {focus, plugin, shown} = state;
		switch (focus) {
			case 'allow': {
				return {effects: [{type: 'run', command: 'grantPlugin', input: {plugin, needed: shown.needed}, reply: failureTag}]};
			}

			case 'deny': {
				return {effects: [{type: 'run', command: 'denyPlugin', input: {plugin}, reply: failureTag}]};
			}

			case 'cancel': {
				return {};
			}
		}
	}

	const by = event.type === 'key' ? scrolls[formatKey(event.key)] : undefined;
	if (by !== undefined) {
		return {state: {...state, at: Math.min(Math.max(0, state.at + by), Math.max(0, state.shown.needed.length - 1))}};
	}

	const focus = moveFocus(stops, state.focus, event);
	return {state: focus === undefined ? state : {...state, focus: focus as ConsentOverlay['focus']}};
}

const scrolls: Readonly<Record<string, number>> = {down: 1, j: 1, up: -1, k: -1, pageDown: 5, pageUp: -5};

// Nobody says yes to what was not on the screen.
function follow(state: ConsentOverlay, plugins: readonly PluginRecord[]): LayerUpdate<ConsentOverlay> {
	const record = plugins.find(({id, state: phase}) => id === state.plugin && phase !== 'shadowed');
	if (record === undefined) {
		return {};
	}

	const {consent} = record;
	const isSame = consent === undefined || isSameJson(consent, state.shown);
	return {state: isSame ? state : {...state, shown: consent, version: record.manifest.version, hasChanged: true, focus: 'cancel', at: 0}};
}
