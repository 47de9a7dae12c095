import {type HostLimits} from '../limits.ts';

type Strike = {readonly at: number; readonly weight: number};

export type Verdict = {readonly strikes: number; readonly isQuarantined: boolean; readonly backoffMs: number};

/** Counts how often a plugin failed and says how long to leave it alone. */
export type Strikes = {
	readonly add: (now: number, weight: number) => Verdict;
	readonly count: (now: number) => number;
	readonly isOpen: (now: number) => boolean;
	readonly clear: () => void;
};

export function createStrikes(limits: HostLimits, random: () => number): Strikes {
	let strikes: readonly Strike[] = [];
	const within = (now: number, ms: number) => strikes.reduce((sum, {at, weight}) => (now - at < ms ? sum + weight : sum), 0);
	const isOpen = (now: number) => within(now, limits.circuitWindowMs) >= limits.circuitStrikes;
	return {
		isOpen,
		add(now, weight) {
			strikes = [...strikes.filter(({at}) => now - at < limits.quarantineWindowMs), {at: now, weight}];
			const count = within(now, limits.quarantineWindowMs);
			const isCircuitOpen = isOpen(now);
			const recent = strikes.filter(({at}) => now - at < limits.circuitWindowMs).length;
			const backoffMs = isCircuitOpen ? limits.backoffMaxMs : Math.min(limits.backoffMaxMs, limits.backoffMs * 2 ** (recent - 1));
			return {
				strikes: count,
				isQuarantined: weight >= 3 || count >= limits.quarantineStrikes,
				backoffMs: backoffMs * (0.8 + 0.4 * random()),
			};
		},
		count: now => within(now, limits.quarantineWindowMs),
		clear() {
			strikes = [];
		},
	};
}
