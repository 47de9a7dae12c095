import {costOfEstimate} from '../core/cost.ts';
import {formatMoney} from '../core/format-money.ts';
import {type Plan} from '../core/plan.ts';
import {padEnd} from '../core/text.ts';

/** A plan as the lines of the command line; the same object as `--dry-run --json`. */
export function renderPlan(plan: Plan): string[] {
	const where = [plan.provider, plan.account, plan.region].filter(Boolean).join('/');
	const row = (label: string, value: string) => `  ${padEnd(label, 12)}${value}`;
	const cost = plan.estimate && costOfEstimate(plan.estimate, plan.hoursPerMonth);
	return [
		`${plan.action} ${plan.type} ${plan.name} on ${where}`,
		...plan.lines.map(({label, value}) => row(label, value)),
		...(plan.takes?.length ? [row('takes', plan.takes.join('; '))] : []),
		...(plan.keeps?.length ? [row('keeps', plan.keeps.join('; '))] : []),
		...(cost
			? [
					row(
						'cost',
						cost.hourly.kind === 'known'
							? `${formatMoney(cost.hourly, 4)}/h, ${formatMoney(cost.daily)}/day, ${formatMoney(cost.monthly)}/month (${plan.hoursPerMonth} h)`
							: cost.hourly.kind === 'usage'
								? 'priced by usage'
								: `${cost.hourly.kind}: ${cost.hourly.reason}`,
					),
				]
			: []),
		...(plan.estimate?.notCounted.length ? [row('not counted', plan.estimate.notCounted.join(', '))] : []),
		...(plan.warnings ?? []).map(warning => row('warning', warning)),
		row('same as', plan.cli),
	];
}
