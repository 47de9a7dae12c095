import {formatElapsed} from '../../../core/text/duration.ts';
import {fixOf} from '../../../core/failure/failure.ts';
import {isEnded, type Operation} from '../../../core/operation.ts';
import {padEnd, textWidth} from '../../../core/text/text.ts';
import {progress} from '../../components/chart/bar.ts';
import {type Line, span} from '../../components/line/line.ts';
import {type Token} from '../../theme/tokens.ts';
import {type ActivityItem} from '../../view/activity/activity-items.ts';
import {clockTime} from '../../view/time/clock-time.ts';
import {spinnerGlyph} from '../resources/status-look.ts';
import {eventToken, eventWord} from './event-look.ts';

export type ActivityColumns = {readonly word: number; readonly subject: number; readonly provider: number};

export type ActivityContext = {
	readonly now: number;
	readonly spinner: number;
	readonly undoKey: string;
	readonly columns: ActivityColumns;
	readonly width: number;
};

type Fields = {
	readonly at: number | undefined;
	readonly word: string;
	readonly token: Token;
	readonly subject: string;
	readonly provider: string;
};

/** Widths that fit what is seen, and no more. */
export function activityColumns(items: readonly ActivityItem[], width: number): ActivityColumns {
	const fields = items.map(item => fieldsOf(item));
	const widest = (texts: readonly string[], min: number, max: number) =>
		Math.min(max, Math.max(min, ...texts.map(text => textWidth(text))));
	const provider = widest(
		fields.map(field => field.provider),
		0,
		10,
	);
	return {
		word: widest(
			fields.map(field => field.word),
			6,
			12,
		),
		subject: widest(
			fields.map(field => field.subject),
			8,
			Math.max(8, Math.min(28, Math.floor(width / 5))),
		),
		provider: width < 70 ? 0 : provider,
	};
}

/** `10:23:58 launched  web-1  local  running after 0.4 s`. */
export function activityLine(item: ActivityItem, context: ActivityContext): Line {
	const {word, subject, provider} = context.columns;
	const fields = fieldsOf(item);
	const columns: Line = [
		span('text.muted', fields.at === undefined ? ' '.repeat(8) : clockTime(fields.at)),
		' ',
		span(fields.token, padEnd(fields.word, word)),
		' ',
		span('text.default', padEnd(fields.subject, subject)),
		'  ',
		...(provider === 0 ? [] : [span('text.muted', padEnd(fields.provider, provider)), '  ']),
	];
	return [...columns, ...messageOf(item, context)];
}

function fieldsOf(item: ActivityItem): Fields {
	switch (item.kind) {
		case 'operation': {
			const {requestedAt, action, name, provider} = item.operation;
			return {at: requestedAt, word: action, token: operationToken(item.operation), subject: name, provider};
		}

		case 'event': {
			const {at, type, subject, provider = ''} = item.event;
			return {
				at,
				word: eventWord(type),
				token: eventToken(item.event),
				subject: withoutProvider(subject, provider),
				provider: provider === subject ? '' : provider,
			};
		}

		case 'log': {
			const {at, level, plugin} = item.record;
			return {at, word: level, token: levelToken(level), subject: plugin, provider: ''};
		}

		case 'notice': {
			const {source, failure} = item;
			return source === undefined
				? {at: undefined, word: 'notice', token: 'event.warn', subject: failure.code.replace(/^CWS_/, '').toLowerCase(), provider: ''}
				: {at: source.seenAt, word: 'failed', token: 'event.error', subject: source.type, provider: source.provider};
		}
	}
}

function messageOf(item: ActivityItem, context: ActivityContext): Line {
	switch (item.kind) {
		case 'operation': {
			return operationMessage(item.operation, context);
		}

		case 'event': {
			return [span('text.muted', item.event.message)];
		}

		case 'log': {
			const dropped =
				item.record.dropped === undefined || item.record.dropped === 0 ? [] : [span('event.warn', ` (${item.record.dropped} dropped)`)];
			return [span('text.muted', item.record.message), ...dropped];
		}

		case 'notice': {
			return [span('text.muted', `${item.failure.message} `), span('text.accent', fixOf(item.failure))];
		}
	}
}

const levelToken = (level: string): Token =>
	level === 'error' ? 'event.error' : level === 'warn' ? 'event.warn' : level === 'info' ? 'event.info' : 'text.faint';

function operationToken({state, action}: Operation): Token {
	if (state === 'failed' || state === 'diverged') {
		return 'event.error';
	}

	return state === 'scheduled'
		? 'event.warn'
		: state === 'verified'
			? 'event.good'
			: state === 'cancelled'
				? 'text.muted'
				: action === 'destroy'
					? 'event.warn'
					: 'event.info';
}

const words: Readonly<Record<string, string>> = {
	requested: 'asked the provider',
	accepted: 'accepted, waiting until it is seen',
	verified: 'done',
	diverged: 'accepted, but it did not get there',
	cancelled: 'cancelled',
};

function operationMessage(operation: Operation, {now, spinner, undoKey, width}: ActivityContext): Line {
	const {state, stage, progress: share, requestedAt, endedAt, dueAt, error, result} = operation;
	const took = formatElapsed((endedAt ?? now) - requestedAt);
	if (state === 'scheduled' && dueAt !== undefined) {
		return [
			span('event.warn', `in ${Math.max(0, Math.ceil((dueAt - now) / 1000))} s`),
			span('text.muted', ' · '),
			span('key', undoKey),
			span('text.muted', ' undo'),
		];
	}

	if (isEnded(state)) {
		const message = error?.message ?? result?.message ?? words[state] ?? state;
		return [
			span('text.muted', error === undefined ? `${message} · ${took}` : state === 'cancelled' ? message.replace(/\.$/, '') : message),
			...(error === undefined || state === 'cancelled' ? [] : [span('text.muted', ' · '), span('text.accent', fixOf(error))]),
		];
	}

	const text = span('text.muted', `${stage ?? words[state] ?? state} · ${elapsed(now - requestedAt)}`);
	return share === undefined
		? [span('status.changing', `${spinnerGlyph(spinner)} `), text]
		: [...progress(share, width < 90 ? 10 : 20), ' ', text];
}

// Whole seconds: the screen must not move more often than it can say something new.
const elapsed = (ms: number): string => (ms < 60_000 ? `${Math.max(0, Math.floor(ms / 1000))} s` : formatElapsed(ms));

// The provider has a column of its own.
const withoutProvider = (subject: string, provider: string): string =>
	provider !== '' && subject.startsWith(`${provider}/`) ? subject.slice(provider.length + 1) : subject;
