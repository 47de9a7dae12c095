/**
A sum of rate × time in nanos. A rate in nanos times a time in milliseconds leaves the safe integers, so the sum is kept in three
parts that cannot: whole nanos, and beside them the rest in nano-milliseconds, in millions and ones. Big integers would do the
same with an allocation at every step, and a key waits while a long ledger is added up.
*/
export type ExactSum = {whole: number; millions: number; ones: number};

const hourMs = 3_600_000;
const million = 1_000_000;

export const createExactSum = (): ExactSum => ({whole: 0, millions: 0, ones: 0});

/** Adds a rate in nanos an hour over milliseconds; both are integers, and what cannot be counted adds nothing. */
export function addTo(sum: ExactSum, nanos: number, ms: number): void {
	// Clocks of providers may give fractions of a millisecond.
	const time = Math.round(ms);
	if (!Number.isSafeInteger(nanos) || !Number.isSafeInteger(time)) {
		return;
	}

	const hours = Math.floor(time / hourMs);
	const rest = time - hours * hourMs;
	const high = Math.floor(nanos / million);
	const ones = sum.ones + (nanos - high * million) * rest;
	const carry = Math.floor(ones / million);
	// 18 million nano-milliseconds are 5 nanos.
	const millions = sum.millions + high * rest + carry;
	const eighteens = Math.floor(millions / 18);
	sum.whole += nanos * hours + eighteens * 5;
	sum.millions = millions - eighteens * 18;
	sum.ones = ones - carry * million;
}

/** The sum, rounded once. */
export const nanosOf = ({whole, millions, ones}: ExactSum): number => whole + Math.round((millions * million + ones) / hourMs);
