import {burnOf, hourlyOf} from '../../../core/cost.ts';
import {formatMoney, formatTotal} from '../../../core/format-money.ts';
import {type Money, type MoneyTotal, times, total} from '../../../core/money.ts';
import {type Resource} from '../../../core/resource.ts';
import {type EngineState} from '../../../engine/state.ts';
import {bar} from '../../components/chart/bar.ts';
import {sparkline} from '../../components/chart/sparkline.ts';
import {cell, type Line, numberCell, span} from '../../components/line/line.ts';
import {factLine} from '../../overlays/shared/facts.ts';
import {besides, section} from '../shared/sections.ts';

type Group = {readonly name: string; readonly sum: MoneyTotal; readonly count: number};

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
	const resources = engine.sources.flatMap(({resources}) => resources);
	const column = (width < 96 ? width : Math.floor((width - 3) / 2)) - 2;
	const stopped = resources.filter(resource => isIdleMoney(resource));
	const unpriced = resources.filter(resource => hourlyOf(resource).kind === 'unknown');
	return [
		...besides(
			section('Spend', spendLines(engine, resources, column)),
			section('Top spenders', topLines(resources, engine.hoursPerMonth, column)),
			width,
		),
		...besides(
			[
				...section(
					'By provider',
					groupLines(
						groupBy(resources, ({provider}) => provider),
						column,
					),
				),
				...section(
					'By type',
					groupLines(
						groupBy(resources, ({type}) => type),
						column,
					),
				),
			],
			section(
				'By account',
				groupLines(
					groupBy(resources, ({provider, account}) => (account === undefined ? provider : `${provider} ${account}`)),
					column,
				),
			),
			width,
		),
		...section(
			'Stopped, still billed',
			stopped.map(resource => idleLine(resource, engine.hoursPerMonth)),
		),
		...section(
			'No price',
			unpriced.slice(0, 50).map(resource => unpricedLine(resource)),
		),
		...(unpriced.length > 50 ? [[span('text.muted', `  … and ${unpriced.length - 50} more`)]] : []),
	];
}

function spendLines({spend, hoursPerMonth}: EngineState, resources: readonly Resource[], width: number): readonly Line[] {
	const burn = burnOf(resources);
	const since = (sum: MoneyTotal): string =>
		`${spend.hasGaps && sum.amounts.length > 0 && sum.unpriced === 0 ? '≥ ' : ''}${formatTotal(sum)}`;
	const line = sparkline(spend.history, Math.min(24, Math.max(6, width - 32)));
	const monthly = {...burn, amounts: burn.amounts.map(({currency, nanos}) => ({currency, nanos: Math.round(nanos * hoursPerMonth)}))};
	return [
		factLine(
			'now',
			span('cost.high', burn.amounts.length === 0 ? formatTotal(burn) : `${formatTotal(burn)}/h`, {bold: true}),
			'  ',
			span('chart.line', line),
		),
		factLine('a month', span('cost.amount', formatTotal(monthly)), span('text.muted', ` at this pace (${hoursPerMonth} h)`)),
		factLine('today', since(spend.today)),
		factLine('so far', since(spend.monthToDate), span('text.muted', ' this month')),
		factLine('forecast', span('text.strong', since(spend.forecast), {bold: true}), span('text.muted', ' at the end of the month')),
		...(spend.hasGaps ? [factLine('', span('text.muted', 'no cws ran all the time, so it may be more'))] : []),
	];
}

function topLines(resources: readonly Resource[], hoursPerMonth: number, width: number): readonly Line[] {
	const priced = resources
		.flatMap(resource => {
			const hourly = hourlyOf(resource);
			return hourly.kind === 'known' && hourly.nanos > 0 ? [{resource, hourly}] : [];
		})
		.toSorted((a, b) => b.hourly.nanos - a.hourly.nanos)
		.slice(0, 8);
	const name = Math.max(10, width - 36);
	return priced.length === 0
		? [[span('text.muted', 'Nothing with a price runs.')]]
		: priced.map(({resource, hourly}) => [
				cell('text.strong', resource.name, name),
				' ',
				cell('text.muted', resource.provider, 8),
				numberCell('cost.amount', `${formatMoney(hourly, 4)}/h`, 12),
				numberCell('text.muted', `${formatMoney(times(hourly, hoursPerMonth), 0)}/mo`, 13),
			]);
}

function groupBy(resources: readonly Resource[], keyOf: (resource: Resource) => string): readonly Group[] {
	const groups = new Map<string, Resource[]>();
	for (const resource of resources) {
		const key = keyOf(resource);
		const group = groups.get(key);
		if (group === undefined) {
			groups.set(key, [resource]);
		} else {
			group.push(resource);
		}
	}

	return [...groups]
		.map(([name, members]) => ({name, count: members.length, sum: total(members.map(member => hourlyOf(member)))}))
		.toSorted((a, b) => (b.sum.amounts[0]?.nanos ?? 0) - (a.sum.amounts[0]?.nanos ?? 0) || b.sum.unpriced - a.sum.unpriced);
}

function groupLines(groups: readonly Group[], width: number): readonly Line[] {
	const highest = Math.max(0, ...groups.map(({sum}) => sum.amounts[0]?.nanos ?? 0));
	const name = Math.min(28, Math.max(8, Math.floor(width * 0.38)));
	const cells = Math.max(4, Math.min(24, width - name - 22));
	return groups.slice(0, 10).map(({name: label, sum, count}) => {
		const nanos = sum.amounts[0]?.nanos ?? 0;
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

const isIdleMoney = (resource: Resource): boolean => {
	const hourly = hourlyOf(resource);
	return (resource.status === 'stopped' || resource.status === 'hibernated') && hourly.kind === 'known' && hourly.nanos > 0;
};

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
