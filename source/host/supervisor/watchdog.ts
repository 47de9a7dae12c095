import {type Clock} from '../../core/ports/clock.ts';
import {type Connection} from '../connection/connection.ts';
import {type HostLimits} from '../limits.ts';
import {startFairSpan} from '../transport/fair-time.ts';
import {type Transport} from '../transport/transport.ts';
import {type Death, stuck} from './death.ts';

export type Sample = {readonly memoryBytes: number; readonly cpuMicros: number; readonly at: number};

export type Watchdog = {
	/** Looks more often from now on: a call has begun. */
	readonly wake: () => void;
	readonly stop: () => void;
};

const mib = 1024 * 1024;

type Asked = {
	readonly at: number;
	/** Since then, without what others took. */ readonly silence: () => number;
	readonly residentBytes: number;
};

/**
Reads memory and CPU of one worker, often while it works and rarely while it sleeps, and ends it when it takes too much
or no longer answers. A reading costs the main thread some tens of microseconds.
*/
export function startWatchdog({
	transport,
	connection,
	clock,
	limits,
	quotaBytes,
	residentBytes,
	isActive,
	onSample,
	onHog,
	onDeath,
}: {
	readonly transport: Transport;
	readonly connection: Connection;
	readonly clock: Clock;
	readonly limits: HostLimits;
	readonly quotaBytes: number;
	/** Resident memory of the whole process. */
	readonly residentBytes: () => number;
	/** It has started: until then deadlines of their own are kept. */
	readonly isActive: () => boolean;
	readonly onSample: (sample: Sample) => void;
	readonly onHog: () => void;
	readonly onDeath: (death: Death) => void;
}): Watchdog {
	let isStopped = false;
	let cancel = () => {};
	let dueAt = 0;
	let last: Sample | undefined;
	let asked: Asked | undefined;
	/** What `workedMs` said when statistics were asked for. */
	let worked: number | undefined;
	let waits: {readonly since: number; readonly silence: () => number} | undefined;
	let hogSince: number | undefined;
	let isBusy = false;
	let isWarned = false;

	function period(): number {
		if (connection.openCalls() > 0 || (last?.memoryBytes ?? 0) > quotaBytes / 2 || asked !== undefined) {
			return limits.watchBusyMs;
		}

		return hogSince !== undefined || isBusy || clock.monotonic() - connection.heardAt() < limits.watchCalmMs * 2
			? limits.watchCalmMs
			: limits.watchIdleMs;
	}

	function schedule() {
		if (isStopped) {
			return;
		}

		cancel();
		const wait = period();
		dueAt = clock.monotonic() + wait;
		cancel = clock.after(wait, look);
	}

	function look() {
		const now = clock.monotonic();
		// When the main thread itself was held up, answers are waiting unread and silence means nothing.
		const isLate = now - dueAt > 4 * limits.watchBusyMs;
		if (isLate) {
			waits = undefined;
			asked = undefined;
		}

		if (asked !== undefined) {
			judgeSilence(asked);
		} else if (!isAsleep(now)) {
			asked = {at: clock.monotonic(), silence: startFairSpan(clock, transport), residentBytes: residentBytes()};
			worked = transport.workedMs?.();
			transport.stats().then(judge, () => undefined);
		}

		judgeAnswers();
		schedule();
	}

	/** To ask for statistics wakes it twice: on a screen that nobody touches that would be a part of all that is done. */
	function isAsleep(now: number): boolean {
		return (
			last !== undefined &&
			worked !== undefined &&
			connection.openCalls() === 0 &&
			last.memoryBytes <= quotaBytes / 2 &&
			now - last.at < limits.sleepMs &&
			(transport.workedMs?.() ?? Infinity) - worked < limits.sleepWorkMs
		);
	}

	function judge({memoryBytes, cpuMicros}: {readonly memoryBytes: number; readonly cpuMicros: number}) {
		asked = undefined;
		if (isStopped) {
			return;
		}

		const sample = {memoryBytes, cpuMicros, at: clock.monotonic()};
		onSample(sample);
		if (memoryBytes > quotaBytes) {
			onDeath({
				weight: 2,
				isMemory: true,
				what: `used more than its ${Math.round(quotaBytes / mib)} MB of memory`,
				fix: 'Raise `limits.memoryMb` in its manifest if it needs more.',
			});
		} else if (last !== undefined) {
			judgeCpu(sample, last);
		}

		last = sample;
		// The look that asked came back early, in case there would be no answer.
		schedule();
	}

	function judgeCpu(sample: Sample, before: Sample) {
		const percent = (100 * (sample.cpuMicros - before.cpuMicros)) / 1000 / Math.max(1, sample.at - before.at);
		isBusy = percent >= limits.busyPercent;
		if (percent < limits.hogPercent || connection.openCalls() > 0) {
			hogSince = undefined;
			isWarned = false;
			return;
		}

		hogSince ??= before.at;
		const forMs = sample.at - hogSince;
		if (forMs > limits.hogWarnMs + limits.hogKillMs) {
			onDeath({weight: 1, what: 'kept a processor busy although nobody asked it for anything'});
		} else if (forMs > limits.hogWarnMs && !isWarned) {
			isWarned = true;
			onHog();
		}
	}

	/** No statistics: the thread is inside one long call of the engine, or allocates faster than it can be asked. */
	function judgeSilence({at, silence, residentBytes: before}: Asked) {
		const silentMs = clock.monotonic() - at;
		if (silentMs > limits.runawayMs && residentBytes() - before > limits.runawayMb * mib) {
			onDeath({weight: 2, isMemory: true, what: 'took memory faster than it could be measured'});
		} else if (silentMs > limits.silentMs && connection.openCalls() > 0 && silence() > limits.silentMs) {
			onDeath(stuck);
		}
	}

	/** A busy loop still gives statistics, but no answer to a ping. One that sleeps is not woken for it. */
	function judgeAnswers() {
		if (connection.openCalls() === 0 && !(isBusy && isActive())) {
			waits = undefined;
			return;
		}

		if (waits === undefined || connection.heardAt() > waits.since) {
			waits = {since: clock.monotonic(), silence: startFairSpan(clock, transport)};
			connection.ping();
		} else if (clock.monotonic() - waits.since > limits.silentMs && waits.silence() > limits.silentMs) {
			onDeath(stuck);
		}
	}

	schedule();
	return {
		wake() {
			if (dueAt - clock.monotonic() > limits.watchBusyMs) {
				schedule();
			}
		},
		stop() {
			isStopped = true;
			cancel();
		},
	};
}
