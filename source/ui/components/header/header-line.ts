import {formatCount, formatTotal} from '../../../core/money/format-money.ts';
import {type MoneyTotal} from '../../../core/money/money.ts';
import {burnTotal} from '../../../engine/selectors/burn.ts';
import {countResources} from '../../../engine/selectors/counts.ts';
import {clockTime} from '../../view/time/clock-time.ts';
import {type ViewContext} from '../../view/context.ts';
import {isFirstListing} from '../../view/lists/first-listing.ts';
import {type ViewState} from '../../view/state.ts';
import {type Line, lineWidth, span, spreadLine} from '../line/line.ts';

import {pluginSegments} from './plugin-segments.ts';

type Segment = {readonly line: Line; /** The lowest goes first when it gets narrow. */ readonly priority: number};

/** `cws  42 resources · 31 running · 2 need attention        ≥ $4.21/h · month $1,904 → $3,120  10:24`. */
export function headerLine(view: ViewState, context: ViewContext): Line {
	const {engine} = context;
	const width = view.size.columns;
	const {resources, running, needAttention: attention} = countResources(engine);
	const badges: Line = [
		span('brand', ' cws'),
		...(engine.isDemo ? ['  ', span('badge.demo', 'DEMO')] : []),
		...(engine.isReadOnly ? ['  ', span('badge.stale', 'READ-ONLY')] : []),
	];
	const counts: readonly Segment[] = [
		...(isFirstListing(engine)
			? []
			: [{line: [span('text.muted', `${formatCount(resources)} ${resources === 1 ? 'resource' : 'resources'}`)], priority: 3}]),
		...(running > 0 ? [{line: [span('health.pass', `${formatCount(running)} running`)], priority: 4}] : []),
		...(attention > 0
			? [{line: [span('health.warn', `${formatCount(attention)} ${attention === 1 ? 'needs' : 'need'} attention`)], priority: 6}]
			: []),
	];
	// Ours first: what plugins say is the first to go.
	const told: readonly Segment[] = pluginSegments(view, context).map(line => ({line, priority: 1}));
	const {monthToDate, forecast} = engine.spend;
	const money: readonly Segment[] = [
		...(resources > 0 ? [{line: burnLine(burnTotal(engine)), priority: 7}] : []),
		...(monthToDate.amounts.length > 0
			? [
					{
						line: [
							span('text.muted', 'month '),
							span('cost.amount', formatTotal(monthToDate, 0)),
							span('text.muted', ' → '),
							span('cost.amount', formatTotal(forecast, 0)),
						],
						priority: 2,
					},
				]
			: []),
	];
	const clock: Line = ['  ', span('text.muted', clockTime(view.now).slice(0, 5)), ' '];
	const room = width - lineWidth(badges) - 2 - lineWidth(clock) - 2;
	const kept = fit([...counts, ...told, ...money], room);
	const left = join([...counts, ...told].filter(segment => kept.has(segment)));
	const right = join(money.filter(segment => kept.has(segment)));
	return spreadLine([...badges, '  ', ...left], [...right, ...clock], width);
}

function burnLine(burn: MoneyTotal): Line {
	const text = formatTotal(burn, 2);
	return burn.amounts.length > 0
		? [span('cost.high', `${text}/h`)]
		: [span(text === '?' ? 'cost.unknown' : 'text.muted', text === '?' ? '? $/h' : text)];
}

function fit(segments: readonly Segment[], room: number): ReadonlySet<Segment> {
	const kept = new Set(segments);
	const width = () => [...kept].reduce((sum, {line}) => sum + lineWidth(line) + 3, 0);
	while (kept.size > 0 && width() > room) {
		kept.delete([...kept].reduce((least, segment) => (segment.priority < least.priority ? segment : least)));
	}

	return kept;
}

const join = (segments: readonly Segment[]): Line =>
	segments.flatMap(({line}, index) => (index === 0 ? line : [span('text.faint', ' · '), ...line]));
