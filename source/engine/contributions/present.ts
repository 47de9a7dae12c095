import {type PluginRecord, type PluginState} from '../../core/plugin.ts';

const absent: ReadonlySet<PluginState> = new Set(['disabled', 'shadowed', 'stopping', 'stopped', 'failed', 'quarantined']);

/**
Whether what a plugin contributes is there. It goes whole, and at once, with a plugin that is turned off, unloaded or failed; one that
rests or was not needed yet has it, and so has one that only waits for the person's consent.
*/
export const isPresent = ({state, consent}: PluginRecord): boolean => !absent.has(state) && (state !== 'blocked' || consent !== undefined);

/** Something a plugin contributes that cannot be had. */
export type ContributionProblem = {
	readonly plugin: string;
	/** `command analytics report`. */
	readonly what: string;
	/** One sentence. */
	readonly message: string;
	readonly fix: string;
};
