import {hourlyOf, monthlyOf} from '../../../core/money/cost.ts';
import {formatDuration} from '../../../core/text/duration.ts';
import {formatMoney} from '../../../core/money/format-money.ts';
import {known} from '../../../core/money/money.ts';
import {type Resource} from '../../../core/resource.ts';
import {truncateMiddle, wrapText} from '../../../core/text/text.ts';
import {buttonsLine} from '../../components/buttons/buttons.ts';
import {type DialogView} from '../../components/dialog/dialog-view.ts';
import {type Line, span} from '../../components/line/line.ts';
import {textFieldSpans} from '../../components/text-field/text-field-line.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';
import {failureLines} from '../message/message.ts';
import {factLine, factLines} from '../shared/facts.ts';
import {spinnerGlyph} from '../../panes/resources/status-look.ts';
import {type DestroyOverlay, isUnlocked, lockReason} from './destroy.ts';

const wanted = 68;

export function viewDestroy(state: DestroyOverlay, context: ViewContext, view: ViewState): DialogView {
	const {resource, focus} = state;
	const width = Math.min(wanted, view.size.columns - 4);
	const locked = lockReason(state, context);
	const facts = [
		...factLines('where', placeOf(resource), width),
		...factLines('state', stateOf(resource, view.now), width),
		factLine('cost', ...costSpans(resource, context)),
		...(locked === undefined ? [...planLines(state, view, width), undoLine(context)] : []),
	];
	return {
		title: 'Destroy',
		tone: 'danger',
		width: wanted,
		header: [
			[
				span('health.fail', 'Destroy ', {bold: true}),
				span('text.strong', resource.name, {bold: true}),
				span('text.muted', `  ${resource.type} · ${truncateMiddle(resource.id, 24)}`),
			],
		],
		body: locked === undefined ? facts : [...facts, [], ...wrapText(locked, width).map((text): Line => [span('health.warn', text)])],
		anchor: state.top,
		footer: locked === undefined ? confirmLines(state, context, width) : [buttonsLine([{id: 'cancel', label: 'Close'}], focus)],
	};
}

function confirmLines(state: DestroyOverlay, context: ViewContext, width: number): readonly Line[] {
	const {field, focus, resource} = state;
	const unlocked = isUnlocked(state, context);
	const question = width < 60 ? 'Type the name  ' : 'Type the name to confirm  ';
	const fieldWidth = Math.max(10, Math.min(resource.name.length + 6, width - question.length));
	const isPrefix = resource.name.startsWith(field.value);
	return [
		[
			span('text.muted', question),
			...textFieldSpans({
				field,
				width: fieldWidth,
				isFocused: focus === 'field',
				ghost: isPrefix ? resource.name.slice(field.value.length) : '',
				placeholder: resource.name,
				token: isPrefix ? 'field.text' : 'health.fail',
			}),
		],
		[],
		[
			...buttonsLine(
				[
					{id: 'cancel', label: 'Cancel'},
					{id: 'destroy', label: 'Destroy', isDisabled: !unlocked, isDangerous: true},
				],
				focus,
			),
			span(
				isPrefix || width < 60 ? 'text.muted' : 'health.warn',
				width < 60
					? ''
					: unlocked
						? '   Tab moves · Enter presses the focused button'
						: isPrefix
							? '   Destroy unlocks when the name matches'
							: '   this is not its name',
			),
		],
	];
}

const placeOf = ({provider, account, region, where}: Resource): string =>
	[provider, account === undefined ? undefined : `account ${account}`, region, where].filter(Boolean).join(' · ');

const stateOf = ({status, statusReason, createdAt}: Resource, now: number): string =>
	[status, statusReason, createdAt === undefined ? undefined : `created ${formatDuration(now - createdAt)} ago`]
		.filter(Boolean)
		.join(' · ');

function costSpans(resource: Resource, {engine}: ViewContext): Line {
	const hourly = hourlyOf(resource);
	const spent = engine.spend.byRef.get(resource.ref);
	const monthly = monthlyOf(resource, engine.hoursPerMonth);
	const currency = hourly.kind === 'known' ? hourly.currency : 'USD';
	const soFar = spent === undefined || spent === 0 ? [] : [`${formatMoney(known(spent, currency))} so far · `];
	switch (monthly.kind) {
		case 'known': {
			return [...soFar, 'saves ', span('cost.saving', `${formatMoney(monthly)}/month`), span('text.muted', ` (${engine.hoursPerMonth} h)`)];
		}

		case 'free': {
			return [...soFar, span('cost.free', 'free'), span('text.muted', ` · ${monthly.reason}`)];
		}

		case 'usage': {
			return [...soFar, 'billed by usage'];
		}

		case 'unknown': {
			return [...soFar, span('cost.unknown', '?'), span('text.muted', ` · ${monthly.reason}`)];
		}
	}
}

function planLines({plan}: DestroyOverlay, view: ViewState, width: number): readonly Line[] {
	switch (plan.status) {
		case 'loading': {
			return [factLine('takes', span('status.changing', spinnerGlyph(view.spinner)), span('text.muted', ' asking what goes with it'))];
		}

		case 'failed': {
			return failureLines(plan.error, width);
		}

		case 'ready': {
			const {lines, takes = [], keeps = [], warnings = []} = plan.value;
			return [
				// Whose it is, where the provider looked: the name of a profile alone does not say which account that is today.
				...lines.filter(({label}) => label === 'account').flatMap(({value}) => factLines('account', value, width)),
				...(takes.length === 0
					? [factLine('takes', span('text.muted', 'only itself'))]
					: takes.flatMap((text, index) => factLines(index === 0 ? 'takes' : '', text, width, 'health.warn'))),
				...keeps.flatMap((text, index) => factLines(index === 0 ? 'keeps' : '', text, width)),
				...warnings.flatMap(text => factLines('warning', text, width, 'health.warn')),
			];
		}
	}
}

function undoLine({settings, keymap}: ViewContext): Line {
	const [key] = keymap.keysOf('global.undo');
	return settings.undoSeconds === 0
		? factLine('undo', span('health.warn', 'none, it is destroyed at once'))
		: factLine(
				'undo',
				`${settings.undoSeconds} s`,
				...(key === undefined ? [] : [', ', span('key', key, {bold: true}), ' cancels']),
				'; killing cws destroys nothing',
			);
}
