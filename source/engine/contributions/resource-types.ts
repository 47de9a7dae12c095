import {type ResourceTypeContribution} from '../../core/manifest/contributions.ts';
import {isOffering} from '../../core/plugin-presence.ts';
import {type PluginRecord} from '../../core/plugin.ts';

/** A resource type as one plugin offers it for one provider. */
export type Contribution = ResourceTypeContribution & {
	/** `provider/type`. */
	readonly key: string;
	readonly provider: string;
	readonly plugin: PluginRecord;
};

export const sourceKey = (provider: string, type: string): string => `${provider}/${type}`;

const memo = new WeakMap<readonly PluginRecord[], ReadonlyMap<string, Contribution>>();
const offeredMemo = new WeakMap<readonly PluginRecord[], readonly Contribution[]>();

/**
What all plugins have, by `provider/type`, also those that are off: so that it can be said which plugin would do it. Of two that have
the same the first that is on counts.
*/
export function contributionsOf(plugins: readonly PluginRecord[]): ReadonlyMap<string, Contribution> {
	const known = memo.get(plugins);
	if (known) {
		return known;
	}

	const result = new Map<string, Contribution>();
	for (const plugin of plugins) {
		for (const had of plugin.manifest.contributes?.resourceTypes ?? []) {
			const provider = had.provider ?? plugin.id;
			const key = sourceKey(provider, had.type);
			const other = result.get(key);
			const isBetter = other === undefined || (!isOffering(other.plugin) && isOffering(plugin));
			if (isBetter && plugin.state !== 'shadowed') {
				result.set(key, {...had, key, provider, plugin});
			}
		}
	}

	memo.set(plugins, result);
	return result;
}

/** What can be chosen, listed and asked for now: it goes with a plugin that is turned off, unloaded or removed. */
export function offeredTypes(plugins: readonly PluginRecord[]): readonly Contribution[] {
	const known = offeredMemo.get(plugins);
	if (known) {
		return known;
	}

	const result = [...contributionsOf(plugins).values()].filter(({plugin}) => isOffering(plugin));
	offeredMemo.set(plugins, result);
	return result;
}
