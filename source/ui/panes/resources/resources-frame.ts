import {formatCount} from '../../../core/money/format-money.ts';
import {textWidth} from '../../../core/text/text.ts';
import {type Line, lineWidth, span} from '../../components/line/line.ts';
import {textFieldSpans} from '../../components/text-field/text-field-line.ts';
import {isFirstListing} from '../../view/lists/first-listing.ts';
import {filterField} from '../../view/lists/filtering.ts';
import {type Frame} from '../../components/pane-frame/draw-frame.ts';
import {sourceAge} from '../../view/time/source-age.ts';
import {type ViewContext} from '../../view/context.ts';
import {type ViewState} from '../../view/state.ts';

type Options = {
	readonly view: ViewState;
	readonly context: ViewContext;
	readonly width: number;
	readonly height: number;
	readonly isFocused: boolean;
};

/** Title, filter, count and age of the list, all in its border line. */
export function resourcesFrame({view, context, width, height, isFocused}: Options): Frame {
	const note = noteOf(view, context);
	const room = width - lineWidth(note) - 24;
	return {number: 2, title: 'Resources', subtitle: subtitleOf(view, room), note, width, height, isFocused};
}

function subtitleOf(view: ViewState, room: number): Line {
	const {filter, filterError, isFiltering, attentionOnly} = view;
	const attention: Line = attentionOnly ? [span('badge.stale', 'needs attention')] : [];
	if (filter === '' && !isFiltering) {
		return attention;
	}

	const token = filterError === undefined ? 'field.text' : 'health.fail';
	return [
		...attention,
		...(attentionOnly ? ['  '] : []),
		span('key', '/'),
		...(isFiltering
			? textFieldSpans({field: filterField(view), width: fieldWidth(filter, room), isFocused: true, token})
			: [span(token, filter)]),
	];
}

// It grows with what is typed, a few steps at a time, so that the line does not move with each key.
const fieldWidth = (filter: string, room: number): number =>
	Math.max(8, Math.min(room, Math.max(16, Math.ceil((textWidth(filter) + 2) / 8) * 8)));

function noteOf({now}: ViewState, {engine, rows, total}: ViewContext): Line {
	if (isFirstListing(engine)) {
		return [span('text.muted', 'loading…')];
	}

	const count = span('text.muted', `${formatCount(rows.length)} of ${formatCount(total)}`);
	const age = ageOf(engine, now);
	return engine.isPaused
		? [count, span('badge.stale', ' · paused')]
		: age === undefined
			? [count]
			: [count, span('text.muted', ' · '), age];
}

// The oldest answer counts; sources that failed have a line of their own in the list.
function ageOf(engine: ViewContext['engine'], now: number) {
	const {sources} = engine;
	const answered = sources.filter(source => source.phase !== 'failed' && source.seenAt !== undefined);
	if (answered.length === 0) {
		return undefined;
	}

	// Of those that are late, or of all when none is.
	const late = answered.filter(source => sourceAge(source, engine, now) !== 'live');
	const oldest = (late.length > 0 ? late : answered).reduce((one, other) => (other.seenAt! < one.seenAt! ? other : one));
	const age = sourceAge(oldest, engine, now);
	if (answered.some(source => source.isStale && source.resources.length > 0)) {
		return span('badge.stale', age === 'live' ? 'stale' : `stale ${age}`);
	}

	return span('text.default', age === 'live' ? 'live' : `${age} ago`);
}
