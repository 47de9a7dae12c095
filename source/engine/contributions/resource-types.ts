import {type ResourceTypeContribution} from '../../core/manifest/contributions.ts';
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

/** What all plugins offer, by `provider/type`; the first plugin wins where two offer the same. */
export function contributionsOf(plugins: readonly PluginRecord[]): ReadonlyMap<string, Contribution> {
	const known = memo.get(plugins);
	if (known) {
		return known;
	}

	const result = new Map<string, Contribution>();
	for (const plugin of plugins) {
		for (const offered of plugin.manifest.contributes?.resourceTypes ?? []) {
			const provider = offered.provider ?? plugin.id;
			const key = sourceKey(provider, offered.type);
			if (!result.has(key) && plugin.state !== 'shadowed') {
				result.set(key, {...offered, key, provider, plugin});
			}
		}
	}

	memo.set(plugins, result);
	return result;
}
