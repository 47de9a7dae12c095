import {type Money} from './money.ts';

/** Where a price comes from: set by the person, asked now, remembered, part of the plugin, or worked out. */
export type PriceSource = 'override' | 'live' | 'cache' | 'bundled' | 'rule';

/** One part of a price: compute, storage, an address. */
export type CostComponent = {
	/** compute, storage, ip, licence … */
	readonly name: string;
	/** What is counted, for example `gp3 100 GB`. */
	readonly description?: string;
	readonly hourly: Money;
	readonly quantity?: number;
	readonly unit?: string;
	readonly source: PriceSource;
	/** ISO date of the price. */
	readonly asOf?: string;
	/** Whether it goes on billing while the resource is stopped. */
	readonly billsWhenStopped?: boolean;
};

/** What something costs an hour, and how sure that is. The month is derived with the setting `cost.hoursPerMonth`. */
export type Estimate = {
	readonly hourly: Money;
	/** What it still costs an hour when it is stopped; absent means unknown, unless `hourly` is free. */
	readonly stoppedHourly?: Money;
	readonly components: readonly CostComponent[];
	readonly confidence: 'exact' | 'estimated' | 'unknown';
	/** What the figure leaves out, in words: egress, snapshots … */
	readonly notCounted: readonly string[];
};
