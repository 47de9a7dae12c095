import {type Clock} from '../../../core/ports/clock.ts';
import {hostOf} from '../../../core/permissions/host-pattern.ts';
import {type BrokerLimits} from '../limits.ts';
import {createAllowance, createPace, type Pace} from '../pace.ts';
import {overQuota} from '../refusals.ts';
import {type CheckedUrl} from './check-url.ts';

/** What one plugin sends through the net: paced for every host, counted as a whole. Outlives its workers. */
export type Traffic = {
	readonly enter: (address: CheckedUrl, signal: AbortSignal) => Promise<() => void>;
	readonly count: (bytes: number) => void;
};

/** @param onAlarm Hears, once a minute, that very many names below one wildcard were used: data can leave as names. */
export function createTraffic({
	clock,
	limits,
	onAlarm,
}: {
	readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
	readonly limits: BrokerLimits;
	readonly onAlarm: (what: string) => void;
}): Traffic {
	const paces = new Map<string, Pace>();
	const names = new Map<string, {since: number; readonly seen: Set<string>}>();
	const bytes = createAllowance({clock, limit: limits.trafficPerMinute, windowMs: minute});

	function noteName(group: string, host: string) {
		const now = clock.monotonic();
		let entry = names.get(group);
		if (entry === undefined || now - entry.since >= minute) {
			entry = {since: now, seen: new Set()};
			names.set(group, entry);
		}

		const before = entry.seen.size;
		entry.seen.add(host);
		if (before === limits.namesPerMinute && entry.seen.size > before) {
			onAlarm(`more than ${limits.namesPerMinute} different names below ${group} in a minute`);
		}
	}

	return {
		async enter({url, group, isWildcard}, signal) {
			if (!bytes.take(0)) {
				throw overQuota('This plugin moved too much data in the last minute.', `more than ${limits.trafficPerMinute} bytes`);
			}

			if (isWildcard) {
				noteName(group, hostOf(url));
			}

			const pace = paces.get(group) ?? createPace({clock, atOnce: limits.requestsPerHost, perSecond: limits.requestsPerSecond});
			paces.set(group, pace);
			return pace.enter(signal);
		},
		count: amount => bytes.count(amount),
	};
}

const minute = 60_000;
