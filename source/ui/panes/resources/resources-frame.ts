import {formatAge} from '../../../core/duration.ts';
import {formatCount} from '../../../core/format-money.ts';
import {type Line, span} from '../../components/line/line.ts';
import {type Frame} from '../../components/pane-frame/draw-frame.ts';
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
	return {number: 2, title: 'Resources', subtitle: subtitleOf(view), note: noteOf(view, context), width, height, isFocused};
}

function subtitleOf({filter, filterError, isFiltering, attentionOnly}: ViewState): Line {
	const attention: Line = attentionOnly ? [span('badge.stale', 'needs attention only')] : [];
	if (filter === '' && !isFiltering) {
		return attention;
	}

	return [
		...attention,
		...(attentionOnly ? ['  '] : []),
		span('key', '/'),
		span(filterError === undefined ? 'text.default' : 'health.fail', filter),
		...(isFiltering ? [span('field.cursor', '▏')] : []),
	];
}

function noteOf({now}: ViewState, {engine, rows, total}: ViewContext): Line {
	const count = span('text.muted', `${formatCount(rows.length)} of ${formatCount(total)}`);
	const age = ageOf(engine, now);
	return engine.isPaused
		? [count, span('badge.stale', ' · paused')]
		: age === undefined
			? [count]
			: [count, span('text.muted', ' · '), age];
}

// The oldest answer counts; sources that failed have a line of their own in the list.
function ageOf({sources}: ViewContext['engine'], now: number) {
	const answered = sources.filter(source => source.phase !== 'failed' && source.seenAt !== undefined);
	if (answered.length === 0) {
		return undefined;
	}

	const age = formatAge(now - Math.min(...answered.map(source => source.seenAt!)));
	if (answered.some(source => source.isStale && source.resources.length > 0)) {
		return span('badge.stale', age === 'live' ? 'stale' : `stale ${age}`);
	}

	return span('text.default', age === 'live' ? 'live' : `${age} ago`);
}
