import {type LoginFlow} from '../../../core/login.ts';
import {safeText} from '../../../core/text/safe-text.ts';
import {formatElapsed} from '../../../core/text/duration.ts';
import {type LoginRecord} from '../../../engine/logins/login-commands.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {hiddenLine} from '../../components/hidden-field/hidden-field.ts';
import {type Line, span} from '../../components/line/line.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {type Token} from '../../theme/tokens.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {failureLines} from '../message/message.ts';
import {factLine, factLines} from '../shared/facts.ts';
import {flowOf, type LoginFocus, type LoginOverlay, loginOf, loginStops} from './login.ts';

const wanted = 66;

export function viewLogin(state: LoginOverlay, _context: ViewContext, view: ViewState): DialogView {
	const {logins, index, running, step, focus, error} = state;
	const {title, plugin, flows} = loginOf(state);
	const width = Math.min(wanted, view.size.columns - 4);
	const isStill = running === undefined;
	return {
		title: `Login of ${plugin}`,
		width: wanted,
		body: [
			factLine('where', ...choice(safeText(title), logins.length > 1 && isStill, focus === 'name', `${index + 1} of ${logins.length}`)),
			factLine('now', ...statusSpans(state, view)),
			...(isStill
				? [factLine('how', ...choice(flowWords[flowOf(state)], flows.length > 1, focus === 'flow'))]
				: stepLines(state, view, width)),
			...(error === undefined ? [] : [[], ...failureLines(error, width)]),
		],
		footer: [[...buttonsLine(buttonsOf(state), focus), ...(step === undefined || focus === 'field' ? [] : hintsOf(step))]],
	};
}

const flowWords: Readonly<Record<LoginFlow, string>> = {
	browser: 'in a browser, at an address',
	device: 'with a code, in any browser',
	manual: 'by pasting a key or a code',
};

const labels: Readonly<Record<LoginFocus, string>> = {
	name: '',
	flow: '',
	field: '',
	cancel: 'Cancel',
	login: 'Log in',
	refresh: 'Renew',
	logout: 'Log out',
	answer: 'Log in',
};

function buttonsOf(state: LoginOverlay) {
	const {running, step, field, status} = state;
	const stops = loginStops(state);
	const isIn = status.status === 'ready' && status.value.state === 'in';
	const ids: readonly LoginFocus[] =
		running === undefined
			? stops.filter(stop => stop !== 'name' && stop !== 'flow')
			: step?.kind === 'manual'
				? ['cancel', 'answer']
				: ['cancel'];
	return ids.map(id => ({
		id,
		label: id === 'cancel' && running === undefined ? 'Close' : id === 'login' && isIn ? 'Log in again' : labels[id],
		isDisabled: id === 'answer' && field.value === '',
	}));
}

const hintsOf = (step: NonNullable<LoginOverlay['step']>): Line => [
	...(step.url === undefined ? [] : ['   ', span('key', 'o'), span('text.muted', ' opens it')]),
	'  ',
	span('key', 'c'),
	span('text.muted', step.kind === 'device' ? ' copies the code' : ' copies the address'),
];

const looks: Readonly<Record<LoginRecord['state'], readonly [Token, string]>> = {
	in: ['health.pass', '● logged in'],
	out: ['text.muted', '○ logged out'],
	expired: ['health.warn', '◐ expired'],
};

function statusSpans({status, running}: LoginOverlay, {spinner, now}: ViewState): Line {
	if (running === 'refreshLogin' || running === 'logout') {
		return [span('text.muted', `${spinnerGlyph(spinner)} ${running === 'logout' ? 'logging out' : 'renewing'}`)];
	}

	switch (status.status) {
		case 'loading': {
			return [span('text.muted', `${spinnerGlyph(spinner)} asking`)];
		}

		case 'failed': {
			return [span('health.warn', '? '), span('text.muted', status.error.message)];
		}

		case 'ready': {
			const {state, account, masked, expiresAt} = status.value;
			const [token, words] = looks[state];
			const left = expiresAt === undefined ? undefined : expiresAt - now;
			const details = [
				account === undefined ? '' : `as ${account}`,
				masked === undefined ? '' : `token ${masked}`,
				left === undefined || state !== 'in' ? '' : `${formatElapsed(left)} left`,
			];
			return [
				span(token, words),
				span(
					'text.muted',
					details
						.filter(Boolean)
						.map(text => ` · ${text}`)
						.join(''),
				),
			];
		}
	}
}

function stepLines({running, step, field, focus, logins, index}: LoginOverlay, {spinner}: ViewState, width: number): readonly Line[] {
	if (running !== 'login') {
		return [];
	}

	const waits: Line = factLine(
		'',
		span('text.muted', `${spinnerGlyph(spinner)} `),
		span('text.muted', step === undefined ? 'asking the plugin' : 'waits until it is done there'),
	);
	if (step === undefined) {
		return [[], waits];
	}

	if (step.kind === 'manual') {
		const isKept = step.secret !== undefined && logins[index]!.secrets.includes(step.secret);
		return [
			[],
			...factLines('asks', step.prompt, width, 'text.strong'),
			...(step.url === undefined ? [] : factLines('found at', step.url, width, 'text.accent')),
			factLine('value', ...hiddenLine(field, Math.max(12, width - 12), focus === 'field')),
			factLine(
				'',
				span('text.faint', isKept ? 'not shown; cws keeps it, and the plugin never sees it' : 'not shown; it goes to the plugin'),
			),
		];
	}

	return [
		[],
		...factLines('open', step.url, width, 'text.accent'),
		...(step.kind === 'device' ? [factLine('type', span('text.strong', step.code, {bold: true}))] : []),
		waits,
	];
}

function choice(text: string, isMany: boolean, isFocused: boolean, at = ''): Line {
	if (!isMany) {
		return [span('text.strong', text, {bold: true})];
	}

	return isFocused
		? [span('button.focusText', ` ${text} ◂ ▸ `, {on: 'button.focusBackground', bold: true}), span('text.faint', `  ${at}`)]
		: [
				span('field.text', ` ${text} `, {on: 'field.background'}),
				span('field.placeholder', ' ▾ ', {on: 'field.background'}),
				span('text.faint', `  ${at}`),
			];
}
