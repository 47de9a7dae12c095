import {type Plan} from '../../../core/plan.ts';
import {type ResourceRef} from '../../../core/reference.ts';
import {type Resource} from '../../../core/resource.ts';
import {disabledReason} from '../../../engine/selectors/disabled-reason.ts';
import {isKey, moveFocus} from '../../components/dialog/focus.ts';
import {createTextField, type TextField, updateTextField} from '../../components/text-field/text-field.ts';
import {type ViewContext} from '../../view/context.ts';
import {openMessage} from '../message/message.ts';
import {type LayerEvent, type LayerUpdate, type Opened, type OverlayState} from '../overlay.ts';
import {findResource} from '../shared/find-resource.ts';
import {fromOutcome, loading, type Remote} from '../shared/remote.ts';

/** Bound to one identity when it opens: whatever the list does meanwhile, this is what goes. */
export type DestroyOverlay = {
	readonly kind: 'destroy';
	readonly ref: ResourceRef;
	/** The resource as last seen. */
	readonly resource: Resource;
	readonly isGone: boolean;
	readonly field: TextField;
	readonly focus: 'field' | 'cancel' | 'destroy';
	readonly plan: Remote<Plan>;
	/** Handed to the engine, which has not answered yet. */
	readonly isSent: boolean;
	/** First line in sight on a small terminal. */
	readonly top: number;
};

export function openDestroy(resource: Resource, context: ViewContext): Opened<DestroyOverlay> {
	const {ref, name} = resource;
	const state: DestroyOverlay = {
		kind: 'destroy',
		ref,
		resource,
		isGone: false,
		field: createTextField(),
		focus: 'field',
		plan: loading,
		isSent: false,
		top: 0,
	};
	return lockReason(state, context) === undefined
		? {state, effects: [{type: 'plan', command: 'destroy', input: {ref, confirm: name}, reply: planTag(ref)}]}
		: {state: {...state, focus: 'cancel'}, effects: []};
}

/** Why it cannot be destroyed at all; the dialog then explains and has no field. */
export function lockReason({isGone, isSent, resource, ref}: DestroyOverlay, {engine}: ViewContext): string | undefined {
	// Its own operation would be the reason.
	if (isSent) {
		return undefined;
	}

	return isGone
		? 'It is gone, there is nothing left to destroy.'
		: (resource.protected ?? disabledReason(engine, findResource(engine, ref) ?? resource, 'destroy'));
}

/** Whether what was typed is the name: only then the button is there. */
export const isUnlocked = (state: DestroyOverlay, context: ViewContext): boolean =>
	state.field.value === state.resource.name && lockReason(state, context) === undefined;

export function updateDestroy(state: DestroyOverlay, event: LayerEvent, context: ViewContext): LayerUpdate<OverlayState> {
	if (event.type === 'engine') {
		return {state: follow(state, context)};
	}

	if (event.type === 'reply') {
		if (state.isSent && event.reply === runTag(state.ref)) {
			return event.outcome.ok ? {} : openMessage(`${state.resource.name} was not destroyed`, event.outcome.error);
		}

		return {state: event.reply === planTag(state.ref) ? {...state, plan: fromOutcome<Plan>(event.outcome)} : state};
	}

	if (isKey(event, 'esc')) {
		return {};
	}

	if (state.isSent) {
		return {state};
	}

	if (isKey(event, 'enter')) {
		return press(state, context);
	}

	if (isKey(event, 'pageDown', 'pageUp')) {
		return {state: {...state, top: Math.max(0, state.top + (isKey(event, 'pageDown') ? 3 : -3))}};
	}

	const isLocked = lockReason(state, context) !== undefined;
	const field = state.focus === 'field' && !isLocked ? updateTextField(state.field, event) : undefined;
	if (field !== undefined) {
		return {state: field === state.field ? state : {...state, field}};
	}

	const stops = isLocked ? ['cancel'] : isUnlocked(state, context) ? ['field', 'cancel', 'destroy'] : ['field', 'cancel'];
	const focus = moveFocus(stops, state.focus, event) as DestroyOverlay['focus'] | undefined;
	return {state: focus === undefined || focus === state.focus ? state : {...state, focus}};
}

const runTag = (ref: ResourceRef): string => `destroy:run:${ref}`;

const planTag = (ref: ResourceRef): string => `destroy:plan:${ref}`;

function press(state: DestroyOverlay, context: ViewContext): LayerUpdate<DestroyOverlay> {
	if (state.focus === 'cancel') {
		return {};
	}

	const {ref, resource} = state;
	const {undoSeconds} = context.settings;
	return state.focus === 'destroy' && isUnlocked(state, context)
		? {
				state: {...state, isSent: true, focus: 'cancel'},
				effects: [{type: 'run', command: 'destroy', input: {ref, confirm: resource.name, undoSeconds}, reply: runTag(ref)}],
			}
		: {state};
}

// Same identity, newer facts; when it vanished the focus leaves what is locked now.
function follow(state: DestroyOverlay, {engine}: ViewContext): DestroyOverlay {
	const resource = findResource(engine, state.ref);
	const isGone = resource === undefined || resource.status === 'deleted';
	if (resource === state.resource && isGone === state.isGone) {
		return state;
	}

	return {...state, resource: resource ?? state.resource, isGone, focus: isGone ? 'cancel' : state.focus};
}
