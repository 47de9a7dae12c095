import {type Failure} from '../../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {type TaskContribution} from '../../core/manifest/contributions.ts';
import {type TaskRecord, type TaskState} from '../../core/plugin-parts.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type HostLimits} from '../limits.ts';
import {busyFailure, cancelledFailure} from './task-failures.ts';

/** One task: when it runs, what became of it, and that it never runs twice at once. */
export type Task = {
	readonly contribution: TaskContribution;
	readonly record: () => TaskRecord;
	/** Whether it runs by itself: the plugin can, and this process is the one that runs tasks. */
	readonly setOn: (isOn: boolean) => void;
	/** Runs it now; the signal ends this run as `cancel` does. */
	readonly run: (signal?: AbortSignal) => Promise<Outcome<void>>;
	/** Ends the run that is on its way, which then counts as no failure; false when there is none. */
	readonly cancel: () => boolean;
	readonly pause: () => void;
	readonly resume: () => void;
	readonly remove: () => void;
};

type Options = {
	readonly plugin: string;
	readonly contribution: TaskContribution;
	readonly isPaused?: boolean;
	readonly clock: Clock;
	readonly random: () => number;
	readonly limits: Pick<HostLimits, 'taskBackoffMaxMs'>;
	/** Runs it once; `false` and failures make it wait longer. */
	readonly work: (signal: AbortSignal) => Promise<Outcome<void>>;
	readonly onChange: () => void;
	readonly onFailed: (failure: Failure, nextInMs: number | undefined) => void;
};

const floorMs = 1000;
const dayMs = 86_400_000;

export function createTask({
	plugin,
	contribution,
	isPaused: startsPaused = false,
	clock,
	random,
	limits,
	work,
	onChange,
	onFailed,
}: Options): Task {
	const {name, everySeconds, skipInitialRun = false, enabled = true} = contribution;
	const everyMs = Math.max(floorMs, everySeconds * 1000);
	const capMs = Math.max(limits.taskBackoffMaxMs, everyMs);
	let record: TaskRecord = {name, everySeconds: everyMs / 1000, state: startsPaused ? 'paused' : 'off', runs: 0, failures: 0};
	let isOn = false;
	let isPaused = startsPaused;
	/** Of the run that is on its way. */
	let running: AbortController | undefined;
	let isRemoved = false;
	/** Monotonic, so that a clock that was set or slept brings no runs with it. */
	let dueAt: number | undefined;
	let cancel = () => {};

	const stateNow = (): TaskState =>
		running ? 'running' : isPaused ? 'paused' : !isOn || !enabled ? 'off' : record.failures > 0 ? 'backoff' : 'waiting';

	function update(change: Partial<TaskRecord> = {}) {
		const {nextAt: _, ...rest} = {...record, ...change};
		const state = stateNow();
		const isWaiting = state === 'waiting' || state === 'backoff';
		record = {
			...rest,
			state,
			...(isWaiting && dueAt !== undefined && {nextAt: Math.round(clock.now() + Math.max(0, dueAt - clock.monotonic()))}),
		};
		onChange();
	}

	/** The one timer there is: however long nobody looked, one run is due and no more. */
	function schedule() {
		cancel();
		if (!isRemoved && isOn && enabled && !isPaused && running === undefined) {
			dueAt ??= clock.monotonic() + (skipInitialRun ? everyMs : 0);
			const left = Math.max(0, dueAt - clock.monotonic());
			// A timer of more than 24 days would fire at once.
			cancel = left > dayMs ? clock.after(dayMs, schedule) : clock.after(left, () => void run());
		}

		update();
	}

	async function run(signal?: AbortSignal): Promise<Outcome<void>> {
		if (running !== undefined) {
			return failed(busyFailure(plugin, name));
		}

		const own = new AbortController();
		running = own;
		cancel();
		const startedAt = clock.monotonic();
		update({lastAt: clock.now()});
		const outcome = await work(signal === undefined ? own.signal : AbortSignal.any([own.signal, signal]));
		running = undefined;
		// Whoever ends a run does not say that the task is bad.
		const isCancelled = !outcome.ok && (own.signal.aborted || signal?.aborted === true);
		const failures = outcome.ok ? 0 : record.failures + (isCancelled ? 0 : 1);
		const waitMs = failures === 0 ? everyMs : backoffMs(failures);
		// From its start, so that a slow task keeps its rhythm; but never at once.
		dueAt = Math.max(startedAt + waitMs, clock.monotonic() + Math.min(floorMs, waitMs));
		const {lastError: _, ...rest} = record;
		record = {
			...rest,
			runs: record.runs + 1,
			failures,
			lastMs: Math.round(clock.monotonic() - startedAt),
			...(!outcome.ok && {lastError: isCancelled ? 'it was cancelled' : (outcome.error.cause ?? outcome.error.message)}),
		};
		schedule();
		if (!outcome.ok && !isCancelled) {
			onFailed(outcome.error, record.nextAt === undefined ? undefined : waitMs);
		}

		return outcome.ok ? ok(undefined) : isCancelled ? failed(cancelledFailure(plugin, name)) : outcome;
	}

	/** Twice as long after each failure, so that what is down is left alone; a little off, so that not all come back at once. */
	const backoffMs = (failures: number): number => Math.min(capMs, everyMs * 2 ** Math.min(failures, 30) * (0.8 + 0.4 * random()));

	return {
		contribution,
		record: () => record,
		setOn(next) {
			if (next !== isOn) {
				isOn = next;
				schedule();
			}
		},
		run,
		cancel() {
			running?.abort();
			return running !== undefined;
		},
		pause() {
			isPaused = true;
			schedule();
		},
		resume() {
			isPaused = false;
			schedule();
		},
		remove() {
			isRemoved = true;
			cancel();
		},
	};
}
