import {hourlyOf} from '../../../core/money/cost.ts';
import {formatMoney, formatTotal} from '../../../core/money/format-money.ts';
import {type Money, type MoneyTotal, times} from '../../../core/money/money.ts';
import {type Resource} from '../../../core/resource.ts';
import {burnTotal, monthlyTotal} from '../../../engine/selectors/burn.ts';
import {type EngineState} from '../../../engine/state.ts';
import {textWidth} from '../../../core/text/text.ts';
import {bar} from '../../components/chart/bar.ts';
import {sparkline} from '../../components/chart/sparkline.ts';
import {cell, type Line, numberCell, span} from '../../components/line/line.ts';
import {factLine} from '../../overlays/shared/facts.ts';
import {besides, section} from '../shared/sections.ts';
import {type CostFacts, costFacts, type CostGroup, weight} from './cost-facts.ts';

const memo = new WeakMap<
	EngineState['sources'],
	{readonly width: number; readonly spend: EngineState['spend']; readonly lines: readonly Line[]}
>();

/** The whole cost view as lines; made once for each state of the inventory, because it looks at every resource. */
export function costScreenLines(engine: EngineState, width: number): readonly Line[] {
	const cached = memo.get(engine.sources);
	if (cached?.width === width && cached.spend === engine.spend) {
		return cached.lines;
	}

	const lines = makeLines(engine, width);
	memo.set(engine.sources, {width, spend: engine.spend, lines});
	return lines;
}

function makeLines(engine: EngineState, width: number): readonly Line[] {
	const facts = costFacts(engine.sources);
	const {hoursPerMonth} = engine;
	const column = (width < 96 ? width : Math.floor((width - 3) / 2)) - 2;
	return [
		...besides(section('Spend', spendLines(engine, column)), section('Top spenders', topLines(facts, hoursPerMonth, column)), width),
		...besides(
			[...section('By provider', groupLines(facts.providers, column)), ...section('By type', groupLines(facts.types, column))],
			section('By account', groupLines(facts.accounts, column)),
			width,
		),
		...section('Stopped, still billed', [
			...facts.idle.map(({resource}) => idleLine(resource, hoursPerMonth)),
			...restLine(facts.idleCount - facts.idle.length),
		]),
		...section('No price', [
			...facts.unpriced.map(resource => unpricedLine(resource)),
			...restLine(facts.unpricedCount - facts.unpriced.length),
		]),
	];
}

const restLine = (count: number): readonly Line[] =>
	count > 0 ? [[span('text.muted', `  … and ${count.toLocaleString('en-US')} more`)]] : [];

function spendLines(engine: EngineState, width: number): readonly Line[] {
	const {spend, hoursPerMonth} = engine;
	const burn = burnTotal(engine);
	const since = (sum: MoneyTotal): string =>
		`${spend.hasGaps && sum.amounts.length > 0 && sum.unpriced === 0 ? '≥ ' : ''}${formatTotal(sum)}`;
	const line = sparkline(spend.history, Math.min(24, Math.max(6, width - 32)));
	const monthly = monthlyTotal(burn, hoursPerMonth);
	return [
		factLine(
			'now',
			span('cost.high', burn.amounts.length === 0 ? formatTotal(burn) : `${formatTotal(burn)}/h`, {bold: true}),
			'  ',
			span('chart.line', line),
		),
		factLine('a month', span('cost.amount', formatTotal(monthly)), span('text.muted', ` at this pace (${hoursPerMonth} h)`)),
		...(spend.computedAt === 0
			? [factLine('today', span('text.muted', 'being added up …'))]
			: [
					factLine('today', since(spend.today)),
					factLine('so far', since(spend.monthToDate), span('text.muted', ' this month')),
					factLine('forecast', span('text.strong', since(spend.forecast), {bold: true}), span('text.muted', ' at the end of the month')),
				]),
		...(spend.hasGaps ? [factLine('', span('text.muted', 'no cws ran all the time, so it may be more'))] : []),
	];
}

function topLines({top}: CostFacts, hoursPerMonth: number, width: number): readonly Line[] {
	// The names of providers whole, as far as those of resources do not suffer.
	const provider = Math.min(Math.max(0, ...top.map(one => textWidth(one.resource.provider))), Math.max(8, width - 46));
	const name = Math.max(10, width - provider - 28);
	return top.length === 0
		? [[span('text.muted', 'Nothing with a price runs.')]]
		: top.map(({resource}) => {
				const hourly = hourlyOf(resource);
				return [
					cell('text.strong', resource.name, name),
					' ',
					cell('text.muted', resource.provider, provider),
					numberCell('cost.amount', `${formatMoney(hourly, 4)}/h`, 12),
					numberCell('text.muted', `${formatMoney(times(hourly, hoursPerMonth), 0)}/mo`, 13),
				];
			});
}

function groupLines(groups: readonly CostGroup[], width: number): readonly Line[] {
	const highest = Math.max(0, ...groups.map(({sum}) => weight(sum)));
	const name = Math.min(28, Math.max(8, Math.floor(width * 0.38)));
	const cells = Math.max(4, Math.min(24, width - name - 22));
	return groups.slice(0, 10).map(({name: label, sum, count}) => {
		const nanos = weight(sum);
		const token = nanos > 0 ? 'cost.amount' : sum.unpriced > 0 ? 'cost.unknown' : 'cost.free';
		return [
			cell('text.default', label, name),
			' ',
			...(nanos > 0 ? bar(nanos / highest, cells) : [span('chart.track', '░'.repeat(cells))]),
			numberCell(token, nanos > 0 ? `${formatTotal(sum)}/h` : formatTotal(sum), 13),
			numberCell('text.muted', String(count), 7),
		];
	});
}

const idleLine = (resource: Resource, hoursPerMonth: number): Line => [
	span('health.warn', '▲ '),
	cell('text.strong', resource.name, 24),
	' ',
	cell('text.muted', `${resource.provider} ${resource.status}`, 20),
	' still ',
	span('cost.high', `${formatMoney(times(hourlyOf(resource), hoursPerMonth))}/month`),
	span('text.muted', ` (${hoursPerMonth} h)`),
];

function unpricedLine(resource: Resource): Line {
	const hourly: Money = hourlyOf(resource);
	return [
		span('cost.unknown', '? '),
		cell('text.default', resource.name, 24),
		' ',
		cell('text.muted', `${resource.provider} ${resource.type}`, 20),
		span('text.muted', hourly.kind === 'unknown' ? ` ${hourly.reason}` : ''),
	];
}
