export type Placement = 'worker' | 'process';

/** Below this nothing is left of the headroom that lets a watchdog win against an allocation. */
const littleMemory = 1024 * 1024 * 1024;
const strikesForProcess = 2;

/**
Where a plugin of the sandbox runs. A thread starts faster and costs less; a process of its own is for who asked for it, for a
plugin that used too much memory twice, and for a machine with little of it.
*/
export function placementOf({
	isolation,
	memoryStrikes,
	availableMemory,
}: {
	/** As set, for this plugin or for all. */
	readonly isolation?: Placement;
	/** How often it was ended for its memory. */
	readonly memoryStrikes: number;
	/** Bytes, of the machine or of the container that holds us. */
	readonly availableMemory: number;
}): Placement {
	return isolation === 'process' || memoryStrikes >= strikesForProcess || availableMemory < littleMemory ? 'process' : 'worker';
}
