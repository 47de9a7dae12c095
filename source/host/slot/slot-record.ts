import {type EventLevel, type NewEvent} from '../../core/event.ts';
import {type Failure} from '../../core/failure/failure.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type HostLimits} from '../limits.ts';
import {type PluginLog} from '../plugin-log.ts';
import {unknownHealth} from '../supervisor/health-check.ts';
import {type Instance, type LaunchFailure} from '../supervisor/instance.ts';
import {createStrikes} from '../supervisor/strikes.ts';

/** What is told about one plugin, and the strikes that decide it. */
export type SlotRecord = {
	readonly get: () => PluginRecord;
	/** Changes fields; those named after the change are removed. */
	readonly update: (change: Partial<PluginRecord>, ...absent: readonly (keyof PluginRecord)[]) => void;
	readonly emit: (type: string, level: EventLevel, message: string) => void;
	readonly starting: () => void;
	readonly active: (instance: Instance) => void;
	readonly startFailed: (failed: LaunchFailure) => void;
	readonly died: (weight: number, error: Failure) => void;
	/** It tried what it may not do. */
	readonly denied: (what: string) => void;
	/** Put aside, for what it did now or before this process began. */
	readonly quarantined: (error: Failure) => void;
	readonly forgive: () => void;
	readonly isCircuitOpen: () => boolean;
};

export function createSlotRecord(
	first: PluginRecord,
	{
		clock,
		random,
		limits,
		log,
		onRecord,
		onEvent,
		onQuarantine,
	}: {
		readonly clock: Clock;
		readonly random: () => number;
		readonly limits: HostLimits;
		readonly log: PluginLog;
		readonly onRecord: () => void;
		readonly onEvent: (event: NewEvent) => void;
		readonly onQuarantine: (record: PluginRecord) => void;
	},
): SlotRecord {
	const {id} = first;
	const strikes = createStrikes(limits, random);
	let record = first;

	function update(change: Partial<PluginRecord>, ...absent: readonly (keyof PluginRecord)[]) {
		const next = {...record, ...change};
		for (const key of absent) {
			delete (next as Partial<Record<keyof PluginRecord, unknown>>)[key];
		}

		record = next;
		onRecord();
	}

	const emit = (type: string, level: EventLevel, message: string) => onEvent({type, level, subject: id, message});

	function punish(weight: number, change: {readonly error: Failure} & Pick<PluginRecord, 'state' | 'stage'>) {
		const now = clock.now();
		const verdict = strikes.add(now, weight);
		update({
			...change,
			strikes: verdict.strikes,
			health: {status: 'fail', output: change.error.message},
			...(verdict.isQuarantined ? {state: 'quarantined' as const} : {retryAt: now + verdict.backoffMs}),
		});
		emit(verdict.isQuarantined ? 'plugin.quarantined' : 'plugin.failed', 'error', change.error.message);
		if (verdict.isQuarantined) {
			onQuarantine(record);
		}
	}

	return {
		get: () => record,
		update,
		emit,
		// What was said of a failed start or a crash is over when the next start begins.
		starting: () => update({state: 'starting', ...(record.error && {health: unknownHealth})}, 'error', 'stage', 'retryAt'),
		active({generation, isNiced, startMs}) {
			const now = clock.now();
			const change = {generation, isNiced, startedAt: now, startMs: Math.round(startMs), strikes: strikes.count(now)};
			update({...change, state: 'active'}, 'error', 'stage', 'retryAt', 'consent');
		},
		startFailed({stage, error, weight, consent}) {
			if (consent !== undefined) {
				update({state: 'blocked', stage, error, consent, health: unknownHealth}, 'retryAt');
				emit('permission.requested', 'warn', error.message);
				return;
			}

			log.add('error', error.cause === undefined ? error.message : `${error.message} ${error.cause}`);
			if (weight > 0) {
				punish(weight, {state: 'failed', stage, error});
				return;
			}

			update({state: 'failed', stage, error, health: {status: 'fail', output: error.message}}, 'retryAt');
			emit('plugin.failed', 'error', error.message);
		},
		died(weight, error) {
			log.add('error', error.message);
			punish(weight, {state: 'backoff', error});
		},
		denied(what) {
			const count = record.denied.count + 1;
			update({denied: {count, last: {at: clock.now(), what}}});
			// The first ones are news, a thousand of them are a number.
			if (count <= 5 || Number.isInteger(Math.log10(count))) {
				emit('permission.denied', 'warn', `Plugin ${id} tried ${what}, which it may not${count > 5 ? ` (${count} times by now)` : ''}.`);
			}
		},
		quarantined: error => update({state: 'quarantined', error, health: {status: 'fail', output: error.message}}, 'retryAt'),
		forgive: strikes.clear,
		isCircuitOpen: () => strikes.isOpen(clock.now()),
	};
}
