import {type Money, type MoneyTotal, toUnits} from './money.ts';

const symbols: Readonly<Record<string, string>> = {USD: '$', EUR: '€', GBP: '£', JPY: '¥'};

// `toLocaleString` makes a formatter for each call, which is most of the cost of drawing a list.
const formatters = new Map<number, Intl.NumberFormat>();
const thousands = /\B(?=(?:\d{3})+$)/g;

function number(value: number, digits: number): string {
	// The first formatter of a process costs as long as a tenth of the first frame; counts and free resources need none.
	if (Number.isSafeInteger(value) && value >= 0) {
		return String(value).replaceAll(thousands, ',') + (digits === 0 ? '' : `.${'0'.repeat(digits)}`);
	}

	let formatter = formatters.get(digits);
	if (formatter === undefined) {
		formatter = new Intl.NumberFormat('en-US', {minimumFractionDigits: digits, maximumFractionDigits: digits});
		formatters.set(digits, formatter);
	}

	return formatter.format(value);
}

/** `1,234`. */
export const formatCount = (value: number): string => number(value, 0);

/** Digits after the point that a rate needs to say something: four for an hourly price, two otherwise. */
export type MoneyDigits = 0 | 2 | 3 | 4;

/** A cell of a table, without the currency sign: `1.0060`, `free`, `?`. */
export function formatMoneyCell(money: Money | undefined, digits: MoneyDigits): string {
	if (money === undefined || money.kind === 'unknown') {
		return '?';
	}

	if (money.kind === 'free') {
		return 'free';
	}

	return money.kind === 'usage' ? 'usage' : number(toUnits(money.nanos), digits);
}

/** With its currency: `$1.0221`, `free`, `?`. */
export function formatMoney(money: Money | undefined, digits: MoneyDigits = 2): string {
	return money?.kind === 'known' ? `${symbolOf(money.currency)}${number(toUnits(money.nanos), digits)}` : formatMoneyCell(money, digits);
}

/** A sum that says its holes: `≥ $412.10` when something in it has no price; `free` when all of it is, `usage` when it depends. */
export function formatTotal(sum: MoneyTotal, digits: MoneyDigits = 2): string {
	const amounts = sum.amounts.map(({currency, nanos}) => `${symbolOf(currency)}${number(toUnits(nanos), digits)}`).join(' + ');
	if (amounts === '') {
		return sum.unpriced > 0 ? '?' : sum.usage > 0 ? 'usage' : sum.free > 0 ? 'free' : `$${number(0, digits)}`;
	}

	return sum.unpriced > 0 ? `≥ ${amounts}` : amounts;
}

/** For plain output: `≥ $412.10 + 3 unpriced`. */
export const formatTotalInWords = (sum: MoneyTotal, digits: MoneyDigits = 2): string =>
	sum.unpriced > 0 ? `${formatTotal(sum, digits)} + ${sum.unpriced} unpriced` : formatTotal(sum, digits);

const symbolOf = (currency: string): string => symbols[currency] ?? `${currency} `;
