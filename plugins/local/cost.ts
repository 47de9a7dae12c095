import {amount, type Estimate, free} from 'cws/sdk';
import {type LocalConfig} from './context.ts';

/** Free, unless the person has set what an hour of this machine costs. */
export function estimateWorkstation({ratePerHour, currency}: Pick<LocalConfig, 'ratePerHour' | 'currency'>): Estimate {
	if (ratePerHour === undefined) {
		return {hourly: free('runs on this machine'), components: [], confidence: 'exact', notCounted: []};
	}

	const hourly = amount(ratePerHour, currency);
	return {
		hourly,
		stoppedHourly: free('a stopped workstation costs nothing'),
		components: [{name: 'compute', description: 'rate per hour of the configuration', hourly, source: 'override', billsWhenStopped: false}],
		confidence: 'estimated',
		notCounted: [],
	};
}
