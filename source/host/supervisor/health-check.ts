import {type EventLevel, type NewEvent} from '../../core/event.ts';
import {type Health, type HealthStatus} from '../../core/health.ts';
import {ok, type Outcome} from '../../core/failure/outcome.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type HostLimits} from '../limits.ts';
import {type Instance} from './instance.ts';
import {readHealth} from './read-health.ts';

export const unknownHealth: Health = {status: 'unknown'};

const historyLength = 60;

/** Asks a running plugin how it is; one without a `health` of its own is well as long as its thread answers. */
export async function checkInstance(instance: Instance, clock: Clock, {healthMs}: Pick<HostLimits, 'healthMs'>): Promise<Outcome<Health>> {
	if (!instance.methods.has('health')) {
		const answered = await instance.answer();
		return answered.ok ? ok({status: 'pass', observedAt: clock.now()}) : answered;
	}

	const startedAt = clock.monotonic();
	const outcome = await instance.call({method: 'health', args: [], deadlineMs: healthMs});
	if (!outcome.ok) {
		return outcome;
	}

	return ok({...readHealth(outcome.value), latencyMs: Math.round(clock.monotonic() - startedAt), observedAt: clock.now()});
}

export function withHealth({healthHistory}: PluginRecord, health: Health, at: number): Pick<PluginRecord, 'health' | 'healthHistory'> {
	const point = {at, status: health.status, ...(health.latencyMs !== undefined && {latencyMs: health.latencyMs})};
	return {health: {...health, observedAt: at}, healthHistory: [...healthHistory, point].slice(-historyLength)};
}

const levels: Readonly<Record<HealthStatus, EventLevel>> = {fail: 'error', warn: 'warn', pass: 'info', unknown: 'info'};

/** `pass → warn: slurmctld answered in 2.1 s`; nothing where nothing is new. That a plugin just started is well is no news. */
export function healthEvent(id: string, before: HealthStatus, {status, output}: Health): NewEvent | undefined {
	if (before === status || (before === 'unknown' && status === 'pass')) {
		return undefined;
	}

	return {
		type: 'plugin.health.changed',
		level: levels[status],
		subject: id,
		message: `${before === 'unknown' ? '' : `${before} → `}${status}${output === undefined ? '' : `: ${output}`}`,
	};
}
