import {type Failure} from '../../../core/failure/failure.ts';
import {type BrowserStep, type DeviceStep, type LoginFlow, type ManualStep} from '../../../core/login.ts';
import {type LoginCommandId} from '../../../engine/command-types.ts';
import {type Login} from '../../../engine/logins/find-login.ts';
import {type LoginRecord} from '../../../engine/logins/login-commands.ts';
import {isKey, moveFocus} from '../../components/dialog/focus.ts';
import {emptyHidden, type HiddenField, updateHidden} from '../../components/hidden-field/hidden-field.ts';
import {type Effect} from '../../view/effect.ts';
import {type LayerEvent, type LayerUpdate, type Opened} from '../overlay.ts';
import {fromOutcome, loading, type Remote} from '../shared/remote.ts';

/** Who is logged in where a plugin needs it, and the way in and out. */
export type LoginOverlay = {
	readonly kind: 'login';
	/** Of this dialog: a late answer to another one must not land here. */
	readonly tag: string;
	/** Those of one plugin, or the one that was asked for. */
	readonly logins: readonly Login[];
	readonly index: number;
	readonly flow: number;
	readonly status: Remote<LoginRecord>;
	/** What runs, and what it wants of the person. */
	readonly running?: Exclude<LoginCommandId, 'loginStatus'>;
	readonly step?: BrowserStep | DeviceStep | ManualStep;
	readonly field: HiddenField;
	readonly focus: LoginFocus;
	readonly error?: Failure;
};

export type LoginFocus = 'name' | 'flow' | 'field' | 'cancel' | 'login' | 'refresh' | 'logout' | 'answer';

export function openLogin(logins: readonly Login[]): Opened<LoginOverlay> {
	const state: LoginOverlay = {
		kind: 'login',
		tag: `login:${crypto.randomUUID()}`,
		logins,
		index: 0,
		flow: 0,
		status: loading,
		field: emptyHidden,
		focus: 'cancel',
	};
	return {state, effects: [askStatus(state)]};
}

export const loginOf = ({logins, index}: LoginOverlay): Login => logins[index]!;

export const flowOf = (state: LoginOverlay): LoginFlow => loginOf(state).flows[state.flow] ?? 'manual';

export function loginStops(state: LoginOverlay): readonly LoginFocus[] {
	const {logins, status, running, step, field} = state;
	if (running !== undefined) {
		return step?.kind === 'manual' ? ['field', 'cancel', ...(field.value === '' ? [] : (['answer'] as const))] : ['cancel'];
	}

	const isKnown = status.status === 'ready' && status.value.state !== 'out';
	return [
		...(logins.length > 1 ? (['name'] as const) : []),
		...(loginOf(state).flows.length > 1 ? (['flow'] as const) : []),
		'cancel',
		'login',
		...(isKnown ? (['refresh', 'logout'] as const) : []),
	];
}

const nameOf = (state: LoginOverlay): string => `${loginOf(state).plugin}/${loginOf(state).id}`;

const statusTag = ({tag, index}: LoginOverlay): string => `${tag}:status:${index}`;

const runTag = ({tag}: LoginOverlay): string => `${tag}:run`;

const askStatus = (state: LoginOverlay): Effect => ({
	type: 'run',
	command: 'loginStatus',
	input: {login: nameOf(state)},
	reply: statusTag(state),
});

export function updateLogin(state: LoginOverlay, event: LayerEvent): LayerUpdate<LoginOverlay> {
	if (event.type === 'engine') {
		return {state};
	}

	if (event.type === 'reply') {
		return {state: receive(state, event)};
	}

	const {running, step, focus} = state;
	if (isKey(event, 'esc')) {
		return close(state);
	}

	if (isKey(event, 'enter')) {
		return press(state);
	}

	if (running !== undefined && step !== undefined && focus !== 'field') {
		if (isKey(event, 'o') && step.url !== undefined) {
			return {state, effects: [{type: 'open', url: step.url}]};
		}

		if (isKey(event, 'c')) {
			return {state, effects: copyOf(step)};
		}
	}

	if (isKey(event, 'left', 'right', 'space') && (focus === 'name' || focus === 'flow')) {
		return turn(state, isKey(event, 'left') ? -1 : 1);
	}

	const isInside = focus === 'field' && isKey(event, 'left', 'right');
	const next = isInside ? undefined : moveFocus(loginStops(state), focus, event);
	if (next !== undefined) {
		return {state: {...state, focus: next as LoginFocus}};
	}

	const field = focus === 'field' ? updateHidden(state.field, event) : undefined;
	return {state: field === undefined ? state : {...state, field}};
}

function copyOf(step: BrowserStep | DeviceStep | ManualStep): readonly Effect[] {
	return step.kind === 'device'
		? [{type: 'copy', text: step.code, label: 'the code'}]
		: step.url === undefined
			? []
			: [{type: 'copy', text: step.url, label: 'the address'}];
}

// What waits for the person would go on waiting; a logout that has begun ends by itself.
const close = (state: LoginOverlay): LayerUpdate<LoginOverlay> =>
	state.running === 'login' ? {effects: [{type: 'cancel', reply: runTag(state)}]} : {};

function turn(state: LoginOverlay, by: number): LayerUpdate<LoginOverlay> {
	const {logins, focus, index, flow} = state;
	if (focus === 'flow') {
		const {flows} = loginOf(state);
		return {state: {...state, flow: (flow + by + flows.length) % flows.length}};
	}

	const {error: _, ...rest} = state;
	const turned: LoginOverlay = {...rest, index: (index + by + logins.length) % logins.length, flow: 0, status: loading};
	return {state: turned, effects: [askStatus(turned)]};
}

function press(state: LoginOverlay): LayerUpdate<LoginOverlay> {
	const {focus, running, field} = state;
	const {error: _, ...rest} = state;
	switch (focus) {
		case 'cancel': {
			return close(state);
		}

		case 'answer': {
			return field.value === ''
				? {state}
				: {
						state: {...withoutStep(state), field: emptyHidden, focus: 'cancel'},
						effects: [{type: 'answerLogin', reply: runTag(state), value: field.value}],
					};
		}

		case 'login': {
			return running !== undefined
				? {state}
				: {
						state: {...rest, running: 'login', focus: 'cancel'},
						effects: [{type: 'login', input: {login: nameOf(state), flow: flowOf(state)}, reply: runTag(state)}],
					};
		}

		case 'refresh':
		case 'logout': {
			const command = focus === 'refresh' ? 'refreshLogin' : 'logout';
			return running !== undefined
				? {state}
				: {
						state: {...rest, running: command, focus: 'cancel'},
						effects: [{type: 'run', command, input: {login: nameOf(state)}, reply: runTag(state)}],
					};
		}

		default: {
			return {state};
		}
	}
}

function withoutStep(state: LoginOverlay): LoginOverlay {
	const {step: _, ...rest} = state;
	return rest;
}

function receive(state: LoginOverlay, {reply, outcome, isLast}: Extract<LayerEvent, {type: 'reply'}>): LoginOverlay {
	if (reply === statusTag(state)) {
		return {...state, status: fromOutcome<LoginRecord>(outcome)};
	}

	if (reply !== runTag(state)) {
		return state;
	}

	if (!isLast) {
		const step = outcome.ok ? (outcome.value as LoginOverlay['step']) : undefined;
		return step === undefined ? state : {...state, step, focus: step.kind === 'manual' ? 'field' : 'cancel'};
	}

	const {running: _, ...rest} = withoutStep(state);
	return outcome.ok
		? {...rest, focus: 'cancel', status: fromOutcome<LoginRecord>(outcome)}
		: {...rest, focus: 'cancel', field: emptyHidden, error: outcome.error};
}
