import {failure} from '../core/failure/failure.ts';
import {failed, ok, type Outcome} from '../core/failure/outcome.ts';
import {type PluginRecord} from '../core/plugin.ts';
import {nearest} from '../core/text/nearest.ts';
import {type DiscoveredPlugin} from './manifest/discover.ts';
import {type PluginSlot} from './slot/slot-types.ts';

/** All plugins that were found, shadowed copies too, and the one of each id that counts. */
export type PluginTable = {
	readonly slots: () => readonly PluginSlot[];
	/** The same list until a record changed. */
	readonly records: () => readonly PluginRecord[];
	readonly find: (id: string) => Outcome<PluginSlot>;
	readonly get: (id: string) => PluginSlot | undefined;
	/** Takes over what was found now: what is the same stays, what is gone is given back. */
	readonly replace: (found: readonly DiscoveredPlugin[]) => readonly PluginSlot[];
};

export function createPluginTable(first: readonly DiscoveredPlugin[], open: (discovered: DiscoveredPlugin) => PluginSlot): PluginTable {
	let slots = first.map(discovered => open(discovered));
	let byId = index(slots);
	let records = slots.map(slot => slot.record());
	return {
		slots: () => slots,
		records() {
			if (slots.length !== records.length || slots.some((slot, at) => slot.record() !== records[at])) {
				records = slots.map(slot => slot.record());
			}

			return records;
		},
		get: id => byId.get(id),
		find(id) {
			const slot = byId.get(id);
			if (slot !== undefined) {
				return ok(slot);
			}

			const near = nearest(id, byId.keys());
			return failed(
				failure('CWS_NO_PLUGIN', {
					message: `No plugin has the id \`${id}\`.`,
					...(near !== undefined && {fix: `Did you mean \`${near}\`? \`cws plugin list\` shows all.`}),
				}),
			);
		},
		replace(found) {
			const left = new Set(slots);
			slots = found.map(discovered => {
				const known = [...left].find(slot => isSame(slot, discovered));
				if (known !== undefined) {
					left.delete(known);
				}

				return known ?? open(discovered);
			});
			byId = index(slots);
			return [...left];
		},
	};
}

const index = (slots: readonly PluginSlot[]) => new Map(slots.toReversed().map(slot => [slot.id, slot]));

/** The same folder under the same id, hidden, broken or refused or not as before; its code is a matter of reload. */
function isSame(slot: PluginSlot, {manifest, directory, shadowedBy, error, refusal}: DiscoveredPlugin): boolean {
	const {state, stage} = slot.record();
	return (
		slot.id === manifest.id &&
		slot.directory === directory &&
		slot.refusal?.message === refusal?.error.message &&
		(state === 'shadowed') === (shadowedBy !== undefined) &&
		(state === 'failed' && stage === 'manifest') === (error !== undefined)
	);
}
