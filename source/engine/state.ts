import {type CwsEvent} from '../core/event.ts';
import {type Failure} from '../core/failure/failure.ts';
import {type MoneyTotal} from '../core/money/money.ts';
import {type Operation} from '../core/operation.ts';
import {type LogRecord, type PluginRecord} from '../core/plugin.ts';
import {type Resource} from '../core/resource.ts';

/** Where one source (a provider's type) stands. Its rows are kept whatever happens to it. */
export type SourcePhase = 'loading' | 'live' | 'partial' | 'failed';

export type SourceState = {
	/** `provider/type`. */
	readonly key: string;
	readonly plugin: string;
	readonly provider: string;
	readonly type: string;
	readonly phase: SourcePhase;
	/** Positions are stable between two lists: an upsert keeps its place, new rows come last. */
	readonly resources: readonly Resource[];
	/** Epoch milliseconds of the last complete answer; absent before the first. */
	readonly seenAt?: number;
	/** Its rows are the last known ones: from the database, or from before the source failed. */
	readonly isStale: boolean;
	readonly isRefreshing: boolean;
	/** Why it failed; for `partial`, of the first missing part. */
	readonly error?: Failure;
	/** Parts that did not answer, for example `lab/eu-west-1: throttled`. */
	readonly missing: readonly {
		readonly account?: string;
		readonly region?: string;
		readonly reason: string;
		readonly needsLogin?: boolean;
		readonly fix?: string;
	}[];
	/** Malformed entries skipped in the last answer. */
	readonly skipped: number;
};

/** Money spent and expected. All figures are sums with their holes counted. */
export type Spend = {
	readonly today: MoneyTotal;
	readonly monthToDate: MoneyTotal;
	/** Month to date plus the burn for the hours left in the calendar month. */
	readonly forecast: MoneyTotal;
	/** Burn per hour at up to 24 hourly points, oldest first, in nanos of the first currency; for the sparkline. */
	readonly history: readonly number[];
	/** Part of the record was assumed because no cws ran; the figures then print with `≥`. */
	readonly hasGaps: boolean;
	/** Spent so far by reference, for the destroy dialog. */
	readonly byRef: ReadonlyMap<string, number>;
	readonly computedAt: number;
};

/** Everything the faces show. Immutable; changed by reducers only; published at most ten times a second. */
export type EngineState = {
	readonly phase: 'starting' | 'ready' | 'stopping';
	readonly isDemo: boolean;
	readonly isReadOnly: boolean;
	readonly isPaused: boolean;
	readonly plugins: readonly PluginRecord[];
	/** In the order of plugins and their types. */
	readonly sources: readonly SourceState[];
	/** Newest first, at most 200. */
	readonly operations: readonly Operation[];
	/** Newest first, at most 500. */
	readonly events: readonly CwsEvent[];
	/** Newest first, at most 500. */
	readonly logs: readonly LogRecord[];
	/** Things the person should know that are not about one resource: a corrupt database, a bad config key. */
	readonly notices: readonly Failure[];
	readonly spend: Spend;
	readonly recorder: {readonly isMine: boolean};
	readonly hoursPerMonth: number;
};
