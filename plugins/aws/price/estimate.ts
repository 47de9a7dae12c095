import {type CostComponent, type Estimate, free, known, type Money, unknown} from 'cws/sdk';

/** Components as one figure; with one that is unknown the whole is unknown, because a sum with a hole would look like a price. */
export function estimateOf(components: readonly CostComponent[], notCounted: readonly string[]): Estimate {
	const hourly = sum(components);
	const lasting = components.filter(({billsWhenStopped}) => billsWhenStopped);
	return {
		hourly,
		stoppedHourly: lasting.length === 0 ? free('nothing of it is billed while it is stopped') : sum(lasting),
		components,
		confidence: hourly.kind === 'unknown' ? 'unknown' : 'estimated',
		notCounted,
	};
}

function sum(components: readonly CostComponent[]): Money {
	let nanos = 0;
	for (const {hourly} of components) {
		if (hourly.kind === 'unknown') {
			return unknown(hourly.reason);
		}

		nanos += hourly.kind === 'known' ? hourly.nanos : 0;
	}

	return known(nanos);
}
