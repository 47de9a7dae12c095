/** The value below which this share of all lies, for example 0.95. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

/** A share of another value, as people compare times. */
export const ratio = (values: readonly number[], peer: readonly number[]): number => median(values) / median(peer);
