import {type CostComponent, type Estimate, free, known, unknown} from 'cws/sdk';
import {type Kind} from './catalog.ts';

export type Priced = {
	readonly size: string;
	readonly region?: string;
	readonly storageGb?: number;
	readonly hasPublicIp?: boolean;
};

const asOf = '2026-11-01';
const storageNanosPerGb = 111_111;
const addressNanos = 5_000_000;
// In hundredths of the first region's price.
const regionPercent: Readonly<Record<string, number>> = {'eu-west-1': 110, 'ap-southeast-2': 118, 'europe-north': 104};

const nothingStopped = free('nothing goes on billing while it is stopped');
const memo = new Map<string, Estimate>();

/** What a machine costs. Equal machines share one object, so that 100,000 of them stay small. */
export function estimateFor(kind: Kind, priced: Priced): Estimate {
	const key = [kind.provider, kind.type, priced.size, priced.region, priced.storageGb, priced.hasPublicIp].join('/');
	const estimate = memo.get(key) ?? makeEstimate(kind, priced);
	memo.set(key, estimate);
	return estimate;
}

function makeEstimate(kind: Kind, {size: name, region, storageGb = 0, hasPublicIp}: Priced): Estimate {
	if (kind.pricing === 'free') {
		return {hourly: free('it runs on a machine you have'), components: [], confidence: 'exact', notCounted: ['electricity']};
	}

	const size = kind.sizes.find(one => one.name === name);
	if (size?.hourlyNanos === undefined) {
		const reason = kind.pricing === 'none' ? 'the provider has no prices' : `no rate is set for \`${name}\``;
		return {
			hourly: unknown(reason),
			...(kind.pricing === 'rate' && {stoppedHourly: nothingStopped}),
			components: [],
			confidence: 'unknown',
			notCounted: [],
		};
	}

	const source = kind.pricing === 'rate' ? 'rule' : 'bundled';
	const compute = Math.round((size.hourlyNanos * (regionPercent[region ?? ''] ?? 100)) / 100);
	// A volume is all storage: it costs the same whether something uses it or not.
	const isVolume = kind.type === 'volume';
	const parts = [
		{name: isVolume ? 'storage' : 'compute', description: `${name} · ${size.description}`, nanos: compute, billsWhenStopped: isVolume},
		...(kind.hasStorage
			? [{name: 'storage', description: `gp3 ${storageGb} GB`, nanos: storageGb * storageNanosPerGb, billsWhenStopped: true}]
			: []),
		...(hasPublicIp ? [{name: 'network', description: 'public IPv4', nanos: addressNanos, billsWhenStopped: true}] : []),
	];
	const sum = (some: typeof parts) => some.reduce((total, {nanos}) => total + nanos, 0);
	const stopped = sum(parts.filter(part => part.billsWhenStopped));
	return {
		hourly: known(sum(parts)),
		stoppedHourly: stopped === 0 ? nothingStopped : known(stopped),
		components: parts.map(({nanos, ...part}): CostComponent => ({...part, hourly: known(nanos), source, asOf})),
		confidence: kind.pricing === 'rate' ? 'estimated' : 'exact',
		notCounted: kind.pricing === 'rate' ? [] : ['egress', 'snapshots'],
	};
}
