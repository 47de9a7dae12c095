import {failed, ok, type Outcome} from '../../core/failure/outcome.ts';
import {failure} from '../../core/failure/failure.ts';
import {type Clock} from '../../core/ports/clock.ts';
import {type PluginHost} from '../../core/ports/plugin-host.ts';
import {type ProviderResource, type Resource} from '../../core/resource.ts';
import {type ResourceTarget} from '../../sdk/provider.ts';
import {type Inventory, type InventorySource} from './inventory.ts';
import {toResource} from './to-resource.ts';

/** Reads one resource from its provider and shows it; undefined when it is gone. */
export type ReadBack = (source: InventorySource, target: Wanted, signal?: AbortSignal) => Promise<Outcome<Resource | undefined>>;

/** Without an id it is found by its name, as after a deploy that did not live to say the id. */
export type Wanted = Omit<ResourceTarget, 'id'> & {readonly id?: string};

type Options = {
	readonly host: PluginHost;
	readonly clock: Clock;
	readonly inventory: Inventory;
	readonly poll: (source: InventorySource) => Promise<void>;
};

export function createReadBack({host, clock, inventory, poll}: Options): ReadBack {
	const fromList = async (source: InventorySource, {id, name}: Wanted): Promise<Outcome<Resource | undefined>> => {
		await poll(source);
		const rows = source.table.values().filter(row => !inventory.overlays.isPlaceholder(row.ref));
		const row = rows.find(row => (id === undefined ? row.name === name : row.id === id));
		return ok(row && (inventory.overlays.real(row.ref) ?? row));
	};

	return async (source, wanted, signal) => {
		const {plugin, provider, type, operations} = source.contribution;
		if (wanted.id === undefined || !operations.includes('get')) {
			return fromList(source, wanted);
		}

		const answer = await host.call<ProviderResource | null>({plugin: plugin.id, method: 'provider.get', args: [wanted], signal});
		if (!answer.ok) {
			return answer;
		}

		if (answer.value === null) {
			return ok(undefined);
		}

		const row = toResource(answer.value, {provider, type, seenAt: clock.now()});
		if (row === undefined) {
			return failed(
				failure('CWS_PLUGIN_PROTOCOL', {
					message: `\`${plugin.id}\` gave an entry for \`${wanted.name}\` that is not a resource.`,
					fix: `see \`cws plugin status ${plugin.id}\``,
				}),
			);
		}

		inventory.upsert(row);
		return ok(row);
	};
}
