import {type PluginRecord, type PluginState} from './plugin.ts';

const absent: ReadonlySet<PluginState> = new Set(['disabled', 'shadowed', 'stopping', 'stopped', 'failed', 'quarantined']);

/**
Whether what a plugin contributes is there. It goes whole, and at once, with a plugin that is turned off, unloaded or failed; one that
rests or was not needed yet has it, and so has one that only waits for the person's consent.
*/
export const isPresent = ({state, consent}: PluginRecord): boolean => !absent.has(state) && (state !== 'blocked' || consent !== undefined);

/** Off because somebody wanted it so; a plugin that failed wants to be back. */
const isBroken = ({state}: PluginRecord): boolean => state === 'failed' || state === 'quarantined';

/**
The same for resource types, whose rows outlive a failure: what a provider said last stays on the screen as long as it is only broken,
and whoever wants to deploy there hears why it cannot be now.
*/
export const isOffering = (record: PluginRecord): boolean => isPresent(record) || isBroken(record);
