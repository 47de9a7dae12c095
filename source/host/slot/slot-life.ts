import {type Failure} from '../../core/failure/failure.ts';
import {type Instance} from '../supervisor/instance.ts';
import {closingFailure, refusalOf, zombieFailure} from './slot-failures.ts';
import {type SlotRecord} from './slot-record.ts';

/** What the parts of one slot share: the worker in service and those on their way out. */
export type SlotLife = {
	current: Instance | undefined;
	generation: number;
	/** Threads that do not die. */
	zombies: number;
	/** How often it was ended for its memory. */
	memoryStrikes: number;
	/** It ran, or was asked to, when something it needs went away. */
	isAwaited: boolean;
	readonly stopping: AbortController;
	/** Old workers that are ending; each says in the end whether it did. */
	readonly retired: Set<Promise<boolean>>;
};

export const createSlotLife = (): SlotLife => ({
	current: undefined,
	generation: 0,
	zombies: 0,
	memoryStrikes: 0,
	isAwaited: false,
	stopping: new AbortController(),
	retired: new Set(),
});

/** Why nothing of this plugin may start now. */
export const refusalNow = (life: SlotLife, told: SlotRecord): Failure | undefined =>
	life.stopping.signal.aborted ? closingFailure : (refusalOf(told.get()) ?? (life.zombies > 0 ? zombieFailure(told.get().id) : undefined));

/** Lets a worker end in its own time. */
export function retire(
	{retired}: SlotLife,
	instance: Instance,
	reason: Failure,
	time: {readonly drainMs: number; readonly deadlineMs: number},
): Promise<boolean> {
	const ended = instance.close(reason, time);
	retired.add(ended);
	void ended.then(() => retired.delete(ended));
	return ended;
}
