import {exitCodes, type ExitCode} from '../../core/failure/error-codes.ts';
import {formatMoney} from '../../core/money/format-money.ts';
import {type Money, times} from '../../core/money/money.ts';
import {type Plan} from '../../core/plan.ts';
import {padEnd, textWidth} from '../../core/text/text.ts';
import {type Printer} from './printer.ts';

/** Shows a dry run: the same object for people and for `--json`. */
export function printPlan(print: Printer, plan: Plan): ExitCode {
	if (print.isJson) {
		print.json({status: 'preview', ...plan});
	} else {
		[...renderPlan(plan), plan.note].forEach(line => print.line(line));
	}

	return exitCodes.done;
}

/** A plan as the lines of the command line; the same object as `--dry-run --json`. */
export function renderPlan(plan: Plan): string[] {
	const where = [plan.provider, plan.account, plan.region].filter(Boolean).join('/');
	const width = Math.max(12, ...plan.lines.map(({label}) => textWidth(label) + 2));
	const row = (label: string, value: string) => `  ${padEnd(label, width)}${value}`;
	const hourly = plan.estimate?.hourly;
	return [
		`${plan.action} ${plan.type} ${plan.name} on ${where}`,
		...plan.lines.map(({label, value}) => row(label, value)),
		...(plan.takes?.length ? [row('takes', plan.takes.join('; '))] : []),
		...(plan.keeps?.length ? [row('keeps', plan.keeps.join('; '))] : []),
		...(hourly ? [row('cost', renderRate(hourly, plan.hoursPerMonth))] : []),
		...(plan.estimate?.notCounted.length ? [row('not counted', plan.estimate.notCounted.join(', '))] : []),
		...(plan.warnings ?? []).map(warning => row('warning', warning)),
		row('same as', plan.cli),
	];
}

/** `$1.0221/h, $24.53/day, $735.91/month (720 h)`, or why there is no figure. */
export const renderRate = (hourly: Money, hoursPerMonth: number): string =>
	hourly.kind === 'known'
		? `${formatMoney(hourly, 4)}/h, ${formatMoney(times(hourly, 24))}/day, ${formatMoney(times(hourly, hoursPerMonth))}/month (${hoursPerMonth} h)`
		: hourly.kind === 'usage'
			? 'priced by usage'
			: `${hourly.kind}: ${hourly.reason}`;
