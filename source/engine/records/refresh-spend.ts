import {hoursInMonth, monthStart} from '../../core/money/cost.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type Settings} from '../../core/settings.ts';
import {type Database} from '../database.ts';
import {burnTotal} from '../selectors/burn.ts';
import {computeSpend} from '../spend/compute-spend.ts';
import {type EngineState} from '../state.ts';
import {type StateStore} from '../state-store.ts';

const everyMs = 30_000;
// Intervals are copied from the database's thread in one piece, which keys wait for.
const perIntervalMs = 3;
// Soon after the start the first rows are in the ledger.
const secondMs = 5000;
// Nobody should have to wait long for the first figures.
const earlyMs = 1000;
const dayMs = 86_400_000;
// Beyond this many intervals only those of this month are read, and what a resource cost before is left out.
const manyIntervals = 20_000;

type Options = {readonly database: Database; readonly clock: Clock; readonly state: StateStore; readonly settings: Settings};

export type SpendKeeper = {
	readonly refresh: () => Promise<void>;
	/** Adds the ledger up again and again, less often where that takes long. */
	readonly start: () => () => void;
};

export function createSpendKeeper({database, clock, state, settings}: Options): SpendKeeper {
	let count = 0;
	let cancel: (() => void) | undefined;
	let isStopped = false;

	const refresh = async () => {
		const now = clock.now();
		const since = count > manyIntervals ? Math.min(monthStart(now), now - dayMs) : 0;
		const intervals = await database(store => store.readIntervals({since, until: now}));
		if (!intervals.ok || isStopped) {
			return;
		}

		count = intervals.value.length;
		const known = state.flush();
		const hoursPerMonth = hoursInMonth(settings.cost.hoursPerMonth, now);
		// An empty ledger says nothing about what was spent as long as rows are on their way into it.
		const isEarly = count === 0 && known.spend.computedAt === 0 && isArriving(known);
		const input = {intervals: intervals.value, burn: burnTotal(known), now};
		const spend = isEarly ? known.spend : await computeSpend(input, async () => clock.sleep(0));
		if (isStopped) {
			return;
		}

		state.update(current => ({...current, spend, hoursPerMonth}));
	};

	const loop = async (isFirst: boolean) => {
		await refresh();
		if (!isStopped) {
			const isEarly = state.get().spend.computedAt === 0;
			cancel = clock.after(isEarly ? earlyMs : isFirst ? secondMs : Math.max(everyMs, count * perIntervalMs), () => void loop(isEarly));
		}
	};

	return {
		refresh,
		start() {
			void loop(true);
			return () => {
				isStopped = true;
				cancel?.();
			};
		},
	};
}

const isArriving = ({phase, sources}: EngineState): boolean =>
	phase === 'starting' || sources.some(source => source.phase === 'loading' || source.resources.length > 0);
