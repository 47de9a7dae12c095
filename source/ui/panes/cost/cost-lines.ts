import {times, type MoneyTotal} from '../../../core/money.ts';
import {formatMoney, formatTotal} from '../../../core/format-money.ts';
import {padEnd, textWidth, truncate} from '../../../core/text.ts';
import {burnTotal} from '../../../engine/selectors/burn.ts';
import {groupCosts} from '../../../engine/selectors/group-costs.ts';
import {type EngineState} from '../../../engine/state.ts';
import {bar} from '../../components/chart/bar.ts';
import {sparkline} from '../../components/chart/sparkline.ts';
import {type Line, span, spreadLine} from '../../components/line/line.ts';
import {dearestWaste} from './waste.ts';

/** What is spent, in the order of the questions: now, so far, for whom, for nothing, and what nobody knows. */
export function costLines(engine: EngineState, width: number, height: number): readonly Line[] {
	const figures = figureLines(engine, width);
	const holes = holeLines(engine, width);
	const room = height - figures.length - (holes.length === 0 ? 0 : holes.length + 1) - 1;
	const bars = barLines(engine, width, Math.max(0, room));
	const isRoomy = height >= figures.length + bars.length + holes.length + 2;
	const gap: readonly Line[] = isRoomy ? [[]] : [];
	return [...figures, ...(bars.length === 0 ? [] : [...gap, ...bars]), ...(holes.length === 0 ? [] : [...gap, ...holes])].slice(0, height);
}

const label = (text: string) => span('text.muted', padEnd(text, 8));

function figureLines(engine: EngineState, width: number): readonly Line[] {
	const hourly = burnTotal(engine);
	const {today, monthToDate, forecast, history} = engine.spend;
	const chart = sparkline(history, Math.max(0, Math.min(10, width - 22)));
	return [
		[label('now'), amount(hourly, 'cost.high', '/h')],
		chart === '' ? [label('today'), amount(today)] : spreadLine([label('today'), amount(today)], [span('chart.line', chart)], width),
		[label('month'), amount(monthToDate, 'cost.amount', '', 0), span('text.muted', ' → '), amount(forecast, 'cost.amount', '', 0)],
	];
}

function amount(sum: MoneyTotal, token: 'cost.amount' | 'cost.high' = 'cost.amount', unit = '', digits: 0 | 2 = 2) {
	const text = formatTotal(sum, digits);
	const isAmount = sum.amounts.length > 0 || (text !== 'free' && text !== '?');
	return span(text === 'free' ? 'cost.free' : text === '?' ? 'cost.unknown' : token, isAmount ? `${text}${unit}` : text);
}

function barLines(engine: EngineState, width: number, most: number): readonly Line[] {
	const shown = groupCosts(engine, 'provider')
		.filter(({count}) => count > 0)
		.slice(0, most);
	const highest = Math.max(...shown.map(({hourly}) => weight(hourly)));
	const name = Math.min(10, Math.max(6, ...shown.map(({key}) => textWidth(key)))) + 1;
	const cells = Math.max(4, width - name - 10);
	return shown.map(({key: provider, hourly}): Line => {
		const title = span('text.muted', padEnd(truncate(provider, name - 1), name));
		const failed = engine.sources.find(source => source.provider === provider && source.phase === 'failed');
		if (weight(hourly) === 0) {
			const words = failed === undefined ? (hourly.unpriced > 0 ? 'no price' : 'free') : 'not answering';
			return spreadLine([title], [span(words === 'free' ? 'cost.free' : 'cost.unknown', words)], width);
		}

		return spreadLine([title, ...bar(weight(hourly) / highest, cells)], [amount(hourly)], width);
	});
}

function holeLines(engine: EngineState, width: number): readonly Line[] {
	const waste = dearestWaste(engine.sources);
	const {unpriced} = burnTotal(engine);
	const lines: Line[] = [];
	if (waste !== undefined) {
		const monthly = formatMoney(times(waste.hourly, engine.hoursPerMonth));
		lines.push(
			[span('health.warn', '▲ '), span('text.default', truncate(waste.resource.name, width - 2))],
			['  ', span('text.muted', 'stopped, still '), span('cost.high', `${monthly}/mo`)],
		);
	}

	if (unpriced > 0) {
		const words = unpriced === 1 ? '1 resource has no price' : `${unpriced.toLocaleString('en-US')} resources have no price`;
		lines.push([span('cost.unknown', '? '), span('text.muted', words)]);
	}

	if (engine.spend.hasGaps) {
		lines.push([span('cost.unknown', '≥ '), span('text.muted', 'cws did not run all month')]);
	}

	return lines;
}

// Bars compare one currency: the first.
const weight = ({amounts}: MoneyTotal): number => amounts[0]?.nanos ?? 0;
