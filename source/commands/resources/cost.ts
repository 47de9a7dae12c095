import {exitCodes} from '../../core/failure/error-codes.ts';
import {formatMoneyCell, formatTotalInWords} from '../../core/money/format-money.ts';
import {type MoneyTotal} from '../../core/money/money.ts';
import {groupCosts, type CostKey} from '../../engine/selectors/group-costs.ts';
import {type Verb} from '../shared/verb.ts';
import {withInventory} from '../shared/with-inventory.ts';

export const cost: Verb = {
	name: 'cost',
	usage: '[--by provider|type|account] [--format table|json|csv]',
	short: 'what runs costs now, today and this month',
	isLook: true,
	minimum: 0,
	maximum: 0,
	flags: {
		by: {type: 'string', value: 'KEY', choices: ['provider', 'type', 'account'], short: 'what to group by (provider)'},
		format: {type: 'string', value: 'FORM', choices: ['table', 'json', 'csv'], short: 'how to print'},
	},
	async run(context) {
		const {print, flags} = context;
		const engine = await withInventory(context);
		const state = engine.getState();
		const groups = groupCosts(state, (flags.by as CostKey | undefined) ?? 'provider');
		const {spend, hoursPerMonth} = state;
		const form = flags.format ?? (print.isJson ? 'json' : 'table');
		if (form === 'json') {
			const {today, monthToDate, forecast, hasGaps} = spend;
			print.json({groups, today, monthToDate, forecast, hasGaps, hoursPerMonth});
		} else if (form === 'csv') {
			print.line('key,resources,hourly,monthly,unpriced');
			for (const group of groups) {
				const [hourly] = group.hourly.amounts;
				const [monthly] = group.monthly.amounts;
				print.line(
					[
						group.key,
						group.resources,
						hourly ? formatMoneyCell({kind: 'known', ...hourly}, 4) : '',
						monthly ? formatMoneyCell({kind: 'known', ...monthly}, 2) : '',
						group.hourly.unpriced,
					].join(','),
				);
			}
		} else {
			print.table(groups, [
				{title: (flags.by as string | undefined)?.toUpperCase() ?? 'PROVIDER', value: group => group.key},
				{title: 'RESOURCES', value: group => String(group.resources), isRight: true},
				{title: '$/h', value: group => formatTotalInWords(group.hourly, 4), isRight: true},
				{title: `$/month (${hoursPerMonth} h)`, value: group => formatTotalInWords(group.monthly), isRight: true},
			]);
			print.line();
			const [today, month, forecast] = [spend.today, spend.monthToDate, spend.forecast].map(sum => spentInWords(sum, spend.hasGaps));
			print.line(`today     ${today}`);
			print.line(`month     ${month} so far, ${forecast} expected by its end`);
		}

		return exitCodes.done;
	},
};

// A gap in the record makes a sum a lower bound; where nothing has a price there is nothing to bound.
function spentInWords(sum: MoneyTotal, hasGaps: boolean): string {
	const text = formatTotalInWords(sum);
	return hasGaps && sum.amounts.length > 0 && sum.unpriced === 0 ? `≥ ${text}` : text;
}
