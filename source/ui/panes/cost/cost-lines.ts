import {formatCount, formatMoney, formatTotal} from '../../../core/money/format-money.ts';
import {times, type MoneyTotal} from '../../../core/money/money.ts';
import {padEnd, textWidth, truncate} from '../../../core/text/text.ts';
import {burnTotal} from '../../../engine/selectors/burn.ts';
import {type EngineState} from '../../../engine/state.ts';
import {bar} from '../../components/chart/bar.ts';
import {sparkline} from '../../components/chart/sparkline.ts';
import {type Line, lineWidth, span, spreadLine} from '../../components/line/line.ts';
import {isFirstListing} from '../../view/lists/first-listing.ts';
import {providerBurns, weight} from './provider-burns.ts';
import {dearestWaste} from './waste.ts';

/** What is spent, in the order of the questions: now, so far, for whom, for nothing, and what nobody knows. */
export function costLines(engine: EngineState, width: number, height: number): readonly Line[] {
	const figures = figureLines(engine, width);
	const holes = holeLines(engine, width);
	const bars = barLines(engine, width, height - figures.length - holes.length);
	const parts = [figures, bars, holes].filter(part => part.length > 0);
	const lines = parts.reduce((sum, part) => sum + part.length, 0);
	// Blank lines are the first to give way, the last of them first.
	const blanks = height - lines;
	return parts.flatMap((part, index) => (index > 0 && index <= blanks ? [[], ...part] : part)).slice(0, height);
}

const label = (text: string) => span('text.muted', padEnd(text, 8));

function figureLines(engine: EngineState, width: number): readonly Line[] {
	const {today, monthToDate, forecast, history, computedAt} = engine.spend;
	const now: Line = [label('now'), isFirstListing(engine) ? pending : amount(burnTotal(engine), 'cost.high', '/h')];
	// Not added up yet is not the same as nothing spent.
	if (computedAt === 0) {
		return [now, [label('today'), pending], [label('month'), pending]];
	}

	const todayLine: Line = [label('today'), amount(today)];
	const chart = sparkline(history, Math.min(10, width - lineWidth(todayLine) - 2));
	const month: Line = [label('month'), amount(monthToDate, 'cost.amount', '', 0)];
	const expected: Line = [span('text.muted', ' → '), amount(forecast, 'cost.amount', '', 0)];
	const isSettled = monthToDate.amounts.length === 0 && forecast.amounts.length === 0;
	const isOneLine = lineWidth(month) + lineWidth(expected) <= width;
	return [
		now,
		chart === '' ? todayLine : spreadLine(todayLine, [span('chart.line', chart)], width),
		...(isSettled ? [month] : isOneLine ? [[...month, ...expected]] : [month, [label('by end'), amount(forecast, 'cost.amount', '', 0)]]),
	];
}

const pending = span('chart.track', '░░░░░░░░');

function amount(sum: MoneyTotal, token: 'cost.amount' | 'cost.high' = 'cost.amount', unit = '', digits: 0 | 2 = 2) {
	const text = formatTotal(sum, digits);
	if (text === 'free' || text === '?') {
		return span(text === 'free' ? 'cost.free' : 'cost.unknown', text);
	}

	return span(token, `${text}${unit}`);
}

function barLines(engine: EngineState, width: number, most: number): readonly Line[] {
	const all = providerBurns(engine.sources);
	const isCut = all.length > most;
	const shown = all.slice(0, Math.max(0, isCut ? most - 1 : most));
	const highest = Math.max(...shown.map(({hourly}) => weight(hourly)));
	const name = Math.min(10, Math.max(6, ...shown.map(({provider}) => textWidth(provider)))) + 1;
	const figure = Math.max(5, ...shown.map(({hourly}) => (weight(hourly) === 0 ? 0 : textWidth(formatTotal(hourly))))) + 1;
	const cells = width - name - figure;
	const lines = shown.map(({provider, hourly, isFailed}): Line => {
		const title = span('text.muted', padEnd(truncate(provider, name - 1), name));
		if (weight(hourly) === 0) {
			const words = isFailed ? 'not answering' : hourly.unpriced > 0 ? 'no price' : 'free';
			return spreadLine([title], [span(words === 'free' ? 'cost.free' : 'cost.unknown', words)], width);
		}

		return spreadLine([title, ...(cells < 4 ? [] : bar(weight(hourly) / highest, cells))], [amount(hourly)], width);
	});
	return isCut && most > 0 ? [...lines, [span('text.faint', `and ${all.length - shown.length} more`)]] : lines;
}

function holeLines(engine: EngineState, width: number): readonly Line[] {
	const waste = dearestWaste(engine.sources);
	const {unpriced} = burnTotal(engine);
	const lines: Line[] = [];
	if (waste !== undefined) {
		const monthly = formatMoney(times(waste.hourly, engine.hoursPerMonth));
		lines.push(
			[span('health.warn', '▲ '), span('text.default', truncate(waste.resource.name, width - 2))],
			['  ', span('text.muted', width < 26 ? 'still ' : `${waste.resource.status}, still `), span('cost.high', `${monthly}/mo`)],
		);
	}

	if (unpriced > 0) {
		const count = formatCount(unpriced);
		const long = unpriced === 1 ? '1 resource has no price' : `${count} resources have no price`;
		lines.push([span('cost.unknown', '? '), span('text.muted', textWidth(long) + 2 <= width ? long : `${count} without price`)]);
	}

	if (engine.spend.hasGaps && engine.spend.monthToDate.amounts.length > 0) {
		lines.push([span('cost.unknown', '≥ '), span('text.muted', width < 27 ? 'gaps in the record' : 'cws did not run all month')]);
	}

	return lines;
}
