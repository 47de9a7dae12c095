import {amount, type CostComponent, type Money, unknown} from 'cws/sdk';
import {
	addressRate,
	databaseRates,
	databaseStorageRate,
	gp3Iops,
	gp3Throughput,
	gp3ThroughputRate,
	hoursOfMonth,
	largeRates,
	otherRatesAsOf,
	ratesAsOf,
	ratesRegion,
	regionFactors,
	typeRates,
	volumeRates,
} from './rates.ts';
import {type LivePrice} from './live/live-prices.ts';
import {sizeFactor, splitType} from './sizes.ts';

const largeFactor = 4;

/** Where a price comes from: the table itself, or a rule over it. */
const source = (region: string, isListed: boolean): CostComponent['source'] => (region === ratesRegion && isListed ? 'bundled' : 'rule');

// Hours of a month into one, in billionths, so that sums stay exact.
const perHour = (dollarsPerMonth: number): Money => amount(dollarsPerMonth / hoursOfMonth);

/**
What a type costs an hour on demand with Linux: as the price list said it lately, else by the table; unknown for types and regions that
are not in it either.
*/
export function computeComponent(type: string, region: string, live?: LivePrice): CostComponent {
	if (live !== undefined) {
		return liveComponent(`${type} on demand`, live);
	}

	const listed = Object.hasOwn(typeRates, type) ? typeRates[type] : undefined;
	const factor = regionFactors[region];
	const rate = listed ?? rateBySize(largeRates, type);
	const hourly =
		factor === undefined
			? unknown(`no price is known for ${region}`)
			: rate === undefined
				? unknown(`no price is known for \`${type}\``)
				: amount(rate * factor);
	return {
		name: 'compute',
		description: `${type} on demand`,
		hourly,
		source: source(region, true),
		asOf: ratesAsOf,
		billsWhenStopped: false,
	};
}

const liveComponent = (description: string, {dollars, at, isNew}: LivePrice): CostComponent => ({
	name: 'compute',
	description,
	hourly: amount(dollars),
	source: isNew ? 'live' : 'cache',
	asOf: new Date(at).toISOString().slice(0, 10),
	billsWhenStopped: false,
});

function rateBySize(rates: Readonly<Record<string, number>>, type: string): number | undefined {
	const parts = splitType(type);
	const factor = parts === undefined ? undefined : sizeFactor(parts.name);
	const large = parts === undefined || !Object.hasOwn(rates, parts.family) ? undefined : rates[parts.family];
	return large === undefined || factor === undefined ? undefined : (large * factor) / largeFactor;
}

export type VolumeFacts = {readonly kind: string; readonly gb: number; readonly iops?: number; readonly throughput?: number};

export function volumeComponent({kind, gb, iops = 0, throughput = 0}: VolumeFacts, region: string): CostComponent {
	const rate = Object.hasOwn(volumeRates, kind) ? volumeRates[kind] : undefined;
	const factor = regionFactors[region];
	const paidIops = kind === 'gp3' ? Math.max(0, iops - gp3Iops) : rate?.iops === undefined ? 0 : iops;
	const paidThroughput = kind === 'gp3' ? Math.max(0, throughput - gp3Throughput) : 0;
	return {
		name: 'storage',
		description: `${kind} ${gb} GB`,
		hourly:
			rate === undefined || factor === undefined
				? unknown(rate === undefined ? `no price is known for \`${kind}\`` : `no price is known for ${region}`)
				: iops > (rate.mostIops ?? Number.POSITIVE_INFINITY)
					? unknown(`no price is known for ${kind} with ${iops} operations a second`)
					: perHour((gb * rate.gb + paidIops * (rate.iops ?? 0) + paidThroughput * gp3ThroughputRate) * factor),
		quantity: gb,
		unit: 'GB',
		source: source(region, true),
		asOf: otherRatesAsOf,
		billsWhenStopped: true,
	};
}

export const addressComponent = (billsWhenStopped: boolean): CostComponent => ({
	name: 'ip',
	description: 'public IPv4 address',
	hourly: amount(addressRate),
	source: 'bundled',
	asOf: otherRatesAsOf,
	billsWhenStopped,
});

export type DatabaseFacts = {readonly type: string; readonly engine: string; readonly isTwofold: boolean};

/** The instances of a database, as the price list said it lately, else by the table. */
export function databaseComponent({type, engine, isTwofold}: DatabaseFacts, region: string, live?: LivePrice): CostComponent {
	const description = `${type} ${engine}${isTwofold ? ' in two zones' : ''}`;
	if (live !== undefined) {
		return liveComponent(description, live);
	}

	const rates = engine === 'postgres' ? databaseRates.postgres : /^(?:mysql|mariadb)$/.test(engine) ? databaseRates.mysql : {};
	const rate = rateBySize(rates, type.replace(/^db\./, ''));
	const factor = regionFactors[region];
	return {
		name: 'compute',
		description,
		hourly:
			rate === undefined || factor === undefined
				? unknown(`no price is known for \`${type}\` with ${engine} in ${region}`)
				: amount(rate * factor * (isTwofold ? 2 : 1)),
		source: source(region, true),
		asOf: otherRatesAsOf,
		billsWhenStopped: false,
	};
}

export function databaseStorageComponent(gb: number, kind: string, isTwofold: boolean, region: string): CostComponent {
	const factor = regionFactors[region];
	return {
		name: 'storage',
		description: `${kind} ${gb} GB${isTwofold ? ' in two zones' : ''}`,
		hourly:
			factor === undefined || !/^gp[23]$/.test(kind)
				? unknown(`no price is known for \`${kind}\` in ${region}`)
				: perHour(gb * databaseStorageRate * factor * (isTwofold ? 2 : 1)),
		quantity: gb,
		unit: 'GB',
		source: source(region, true),
		asOf: otherRatesAsOf,
		billsWhenStopped: true,
	};
}
