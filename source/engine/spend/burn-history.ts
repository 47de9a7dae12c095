import {type MoneyTotal} from '../../core/money/money.ts';
import {type StateInterval} from '../../core/ports/store.ts';

const hourMs = 3_600_000;
const points = 24;

/**
The burn at the last full hours and now, in nanos of the currency most is paid in. Points sit on full hours, so that the sparkline
stands still in between. Each interval adds its rate where it begins and takes it away where it ends: one pass for all points.
*/
export function burnHistory(intervals: readonly StateInterval[], burn: MoneyTotal, now: number): readonly number[] {
	const currency = burn.amounts[0]?.currency ?? firstCurrency(intervals);
	const first = intervals.reduce((earliest, {from}) => Math.min(earliest, from), now);
	if (currency === undefined || first >= now) {
		return [];
	}

	const lastHour = Math.floor(now / hourMs) * hourMs;
	const begin = lastHour - (points - 2) * hourMs;
	const indexAt = (at: number) => Math.min(points - 1, Math.max(0, Math.ceil((at - begin) / hourMs)));
	const changes = Array.from({length: points}, () => 0);
	for (const {hourly, from, until} of intervals) {
		if (hourly.kind === 'known' && hourly.currency === currency && (until === undefined || until > begin)) {
			changes[indexAt(from)]! += hourly.nanos;
			if (until !== undefined && until <= lastHour) {
				changes[indexAt(until)]! -= hourly.nanos;
			}
		}
	}

	let sum = 0;
	const past = changes.slice(0, -1).map(change => (sum += change));
	return [...past.slice(indexAt(first)), burn.amounts[0]?.nanos ?? 0];
}

function firstCurrency(intervals: readonly StateInterval[]): string | undefined {
	for (const {hourly} of intervals) {
		if (hourly.kind === 'known') {
			return hourly.currency;
		}
	}

	return undefined;
}
