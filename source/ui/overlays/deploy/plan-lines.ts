import {costOfEstimate} from '../../../core/money/cost.ts';
import {type CostComponent, type Estimate} from '../../../core/money/estimate.ts';
import {formatMoney, formatTotal} from '../../../core/money/format-money.ts';
import {type MoneyTotal, total} from '../../../core/money/money.ts';
import {type Plan} from '../../../core/plan.ts';
import {wrapText} from '../../../core/text/text.ts';
import {addTotals} from '../../../engine/selectors/add-totals.ts';
import {burnTotal} from '../../../engine/selectors/burn.ts';
import {type EngineState} from '../../../engine/state.ts';
import {cell, type Line, numberCell, span} from '../../components/line/line.ts';
import {factLabelWidth, factLine, factLines} from '../shared/facts.ts';

/** What will be made and what it costs, as the plan step shows it. */
export function planLines(plan: Plan, engine: EngineState, width: number): readonly Line[] {
	const {estimate, hoursPerMonth} = plan;
	const place = [`${plan.type} on ${plan.provider}`, plan.account && `account ${plan.account}`, plan.region, plan.size]
		.filter(Boolean)
		.join(', ');
	return [
		['Create ', span('text.strong', plan.name, {bold: true}), span('text.muted', `  ${place}`)],
		[],
		...plan.lines.flatMap(({label, value}) => factLines(label, value, width)),
		...(estimate === undefined ? [] : componentLines(estimate.components, width)),
		[span('border.overlay', '─'.repeat(Math.max(0, Math.min(width, 70))))],
		...(estimate === undefined
			? [factLine('total', span('cost.unknown', '?'), span('text.muted', '  the provider gives no price'))]
			: costLines(estimate, hoursPerMonth, engine, width)),
		...(plan.warnings ?? []).flatMap(warning => factLines('warning', warning, width, 'health.warn')),
	];
}

/** The line that does the same outside the dashboard. */
export function cliLines(cli: string, width: number): readonly Line[] {
	const copies: Line = [span('key', 'c', {bold: true}), span('text.muted', ' copies')];
	const wrapped = wrapText(`$ ${cli}`, Math.max(16, width - 10));
	return wrapped.map((text, index) =>
		index === wrapped.length - 1
			? [span('text.faint', `${index > 0 ? '  ' : ''}${text}  `), ...copies]
			: [span('text.faint', `${index > 0 ? '  ' : ''}${text}`)],
	);
}

function componentLines(components: readonly CostComponent[], width: number): readonly Line[] {
	const middle = Math.max(8, Math.min(width, 70) - factLabelWidth - 14);
	return components.map(({name, description, quantity, unit, hourly}) => {
		const what = description ?? (quantity === undefined ? '' : `${quantity} ${unit ?? ''}`);
		return factLine(
			name,
			cell('text.default', what, middle),
			numberCell('text.default', formatMoney(hourly, 4), 10),
			span('text.muted', hourly.kind === 'known' ? ' /h' : ''),
		);
	});
}

function costLines(estimate: Estimate, hoursPerMonth: number, engine: EngineState, width: number): readonly Line[] {
	const {hourly} = estimate;
	return [
		...totalLines(estimate, hoursPerMonth, width),
		factLine('burn', ...burnSpans(engine, estimate)),
		...factLines(
			'price',
			[priceSource(estimate), estimate.notCounted.length === 0 ? '' : `not counted: ${estimate.notCounted.join(', ')}`]
				.filter(Boolean)
				.join(' · '),
			width,
			hourly.kind === 'unknown' ? 'cost.unknown' : 'text.default',
		),
	];
}

function totalLines(estimate: Estimate, hoursPerMonth: number, width: number): readonly Line[] {
	const {hourly, daily, monthly} = costOfEstimate(estimate, hoursPerMonth);
	switch (hourly.kind) {
		case 'known': {
			const figures = [`${formatMoney(hourly, 4)}/h`, `${formatMoney(daily)}/day`, `${formatMoney(monthly)}/month`];
			const note = span('text.muted', ` (${hoursPerMonth} h)`);
			return width < 56
				? figures.map((figure, index) =>
						factLine(index === 0 ? 'total' : '', span('cost.high', figure, {bold: true}), ...(index === figures.length - 1 ? [note] : [])),
					)
				: [factLine('total', span('cost.high', figures.join(' · '), {bold: true}), note)];
		}

		case 'free': {
			return [factLine('total', span('cost.free', 'free', {bold: true}), span('text.muted', `  ${hourly.reason}`))];
		}

		case 'usage': {
			return [factLine('total', span('cost.amount', `by usage, per ${hourly.unit}`))];
		}

		case 'unknown': {
			return [factLine('total', span('cost.unknown', '?', {bold: true}), span('text.muted', `  ${hourly.reason}`))];
		}
	}
}

function burnSpans(engine: EngineState, {hourly}: Estimate): Line {
	const before = burnTotal(engine);
	const after = addTotals([before, total([hourly])]);
	const share = growth(before, after);
	return [
		`${rate(before)} → `,
		span('text.strong', rate(after)),
		...(share === undefined ? [] : ['  ', span(share > 0 ? 'cost.high' : 'text.muted', `${share > 0 ? '+' : ''}${share} %`)]),
	];
}

const rate = (sum: MoneyTotal): string => (sum.amounts.length === 0 ? formatTotal(sum) : `${formatTotal(sum)}/h`);

// A share means something only within one currency and from more than nothing.
function growth(before: MoneyTotal, after: MoneyTotal): number | undefined {
	const [from] = before.amounts;
	const [to] = after.amounts;
	return from === undefined || to === undefined || after.amounts.length !== 1 || from.nanos === 0
		? undefined
		: Math.round((to.nanos / from.nanos - 1) * 100);
}

const sourceWords: Readonly<Record<CostComponent['source'], string>> = {
	override: 'your own rate',
	live: 'live price',
	cache: 'cached price',
	bundled: 'bundled price list',
	rule: 'estimated by rule',
};

function priceSource({components, confidence, hourly}: Estimate): string {
	const sources = [...new Set(components.map(({source, asOf}) => sourceWords[source] + (asOf === undefined ? '' : ` of ${asOf}`)))];
	if (sources.length > 0) {
		return sources.join(', ');
	}

	return hourly.kind === 'free' ? 'no charge' : `confidence ${confidence}`;
}
