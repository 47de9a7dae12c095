import {type Health} from '../../core/health.ts';
import {ok, type Outcome} from '../../core/failure/outcome.ts';
import {checkInstance, healthEvent, withHealth} from '../supervisor/health-check.ts';
import {withDoubts} from './health-doubts.ts';
import {type SlotLife} from './slot-life.ts';
import {type SlotRecord} from './slot-record.ts';
import {type PluginSlot, type SlotDependencies} from './slot-types.ts';

type Options = {
	readonly life: SlotLife;
	readonly told: SlotRecord;
	readonly dependencies: SlotDependencies;
	readonly acquire: PluginSlot['acquire'];
};

/** Asks the plugin how it is and tells what changed. */
export const createHealthCheck =
	({life, told, dependencies: {clock, limits, onEvent}, acquire}: Options): PluginSlot['checkHealth'] =>
	async ({start: mayStart}): Promise<Outcome<Health>> => {
		if (life.current === undefined && !mayStart) {
			return ok(told.get().health);
		}

		const acquired = await acquire();
		if (!acquired.ok) {
			return acquired;
		}

		const checked = await checkInstance(acquired.value, clock, limits);
		if (acquired.value !== life.current) {
			// It died or was replaced meanwhile; that is already told.
			return ok(told.get().health);
		}

		const said: Health = checked.ok ? checked.value : {status: 'fail', output: checked.error.message};
		const health = withDoubts(said, told.get(), clock.now());
		const before = told.get().health.status;
		told.update(withHealth(told.get(), health, clock.now()));
		const event = healthEvent(told.get().id, before, health);
		if (event !== undefined) {
			onEvent(event);
		}

		return ok(told.get().health);
	};
