import {failure, type Failure} from '../../../core/failure/failure.ts';
import {type PaneContribution, type PanePlacement} from '../../../core/manifest/contributions.ts';
import {type PluginRecord} from '../../../core/plugin.ts';

/** A pane of a plugin that may run. */
export type PluginPane = PaneContribution & {
	/** `plugin/pane`. */
	readonly key: string;
	readonly plugin: string;
	/** Why its plugin cannot answer now. */
	readonly failure?: Failure;
	/** Of the worker that would answer. */
	readonly generation: number;
};

/** States in which nobody would answer; a pane of such a plugin is not there. */
const off: ReadonlySet<PluginRecord['state']> = new Set(['disabled', 'blocked', 'shadowed', 'quarantined', 'stopping', 'stopped']);

/** Nobody starts a plugin that fails only to see what it would show. */
const broken: ReadonlySet<PluginRecord['state']> = new Set(['failed', 'backoff']);

const memo = new WeakMap<readonly PluginRecord[], readonly PluginPane[]>();
const none: readonly PluginPane[] = [];

/** What plugins want to show, in their order; gone as soon as its plugin is. */
export function pluginPanes(plugins: readonly PluginRecord[]): readonly PluginPane[] {
	const known = memo.get(plugins);
	if (known !== undefined) {
		return known;
	}

	const panes = plugins
		.filter(({state}) => !off.has(state))
		.flatMap(({id, generation, manifest, state, error}) =>
			(manifest.contributes?.panes ?? []).map((pane): PluginPane => ({
				...pane,
				key: `${id}/${pane.id}`,
				plugin: id,
				generation,
				...(broken.has(state) && {failure: error ?? failure('CWS_PLUGIN_FAILED', {message: `The plugin \`${id}\` does not run.`})}),
			})),
		);
	const result = panes.length === 0 ? none : panes;
	memo.set(plugins, result);
	return result;
}

export const panesAt = (plugins: readonly PluginRecord[], placement: PanePlacement): readonly PluginPane[] =>
	pluginPanes(plugins).filter(pane => pane.placement === placement);

export const findPane = (plugins: readonly PluginRecord[], key: string): PluginPane | undefined =>
	pluginPanes(plugins).find(pane => pane.key === key);

/** Detail panes that stand beside a resource of this type. A plugin's pane without types stands beside its own plugin. */
export const panesBeside = (plugins: readonly PluginRecord[], type: string): readonly PluginPane[] =>
	panesAt(plugins, 'detail').filter(({resourceTypes}) => resourceTypes?.includes(type));

export const panesOfPlugin = (plugins: readonly PluginRecord[], id: string): readonly PluginPane[] =>
	panesAt(plugins, 'detail').filter(({plugin, resourceTypes}) => plugin === id && resourceTypes === undefined);
