/**
An amount that may have a hole. Nanos are integer billionths of the currency unit, so sums are exact;
an unknown price stays unknown and never becomes zero.
*/
export type Money =
	| {readonly kind: 'known'; readonly nanos: number; readonly currency: string}
	| {readonly kind: 'free'; readonly reason: string}
	| {readonly kind: 'unknown'; readonly reason: string}
	| {readonly kind: 'usage'; readonly unit: string; readonly nanosPerUnit: number; readonly currency: string};

/** A sum with its holes counted; one amount for each currency, because currencies are never added. */
export type MoneyTotal = {
	readonly amounts: readonly {readonly currency: string; readonly nanos: number}[];
	readonly unpriced: number;
	readonly free: number;
	readonly usage: number;
};

const nanosPerUnit = 1_000_000_000;

/** An amount in nanos. What is not a finite safe integer becomes unknown instead of NaN. */
export const known = (nanos: number, currency = 'USD'): Money =>
	Number.isSafeInteger(nanos) ? {kind: 'known', nanos, currency} : unknown('the amount is not a number that can be counted exactly');

/** An amount in the currency's unit, for example `1.006` dollars. */
export const amount = (units: number, currency = 'USD'): Money => known(Math.round(units * nanosPerUnit), currency);

/** Costs nothing, and why. */
export const free = (reason: string): Money => ({kind: 'free', reason});

/** Costs something nobody knows, and why; never the same as free. */
export const unknown = (reason: string): Money => ({kind: 'unknown', reason});

/** Times a plain factor (hours, instances). Free stays free, unknown stays unknown. */
export const times = (money: Money, factor: number): Money =>
	money.kind === 'known' ? known(Math.round(money.nanos * factor), money.currency) : money;

/** Adds amounts and counts the holes. */
export function total(parts: Iterable<Money>): MoneyTotal {
	const amounts = new Map<string, number>();
	let unpriced = 0;
	let freeCount = 0;
	let usage = 0;
	for (const part of parts) {
		if (part.kind === 'known') {
			amounts.set(part.currency, (amounts.get(part.currency) ?? 0) + part.nanos);
		} else if (part.kind === 'free') {
			freeCount++;
		} else if (part.kind === 'unknown') {
			unpriced++;
		} else {
			usage++;
		}
	}

	return {
		amounts: [...amounts]
			.map(([currency, nanos]) => ({currency, nanos}))
			.toSorted((a, b) => b.nanos - a.nanos || a.currency.localeCompare(b.currency)),
		unpriced,
		free: freeCount,
		usage,
	};
}

/** A number to sort by: prices by their amount, below them what is priced by use, then the unknown, and free at the bottom. */
export const compareKey = (money: Money): number =>
	money.kind === 'known' ? money.nanos : holeOrder.indexOf(money.kind) - holeOrder.length;

const holeOrder: readonly Money['kind'][] = ['free', 'unknown', 'usage'];

export const toUnits = (nanos: number): number => nanos / nanosPerUnit;
