import {type CwsEvent} from '../../../core/event.ts';
import {type Resource} from '../../../core/resource.ts';
import {noSearch, type TextSearch} from '../../components/scroll-text/text-search.ts';
import {type Opened} from '../../overlays/overlay.ts';
import {loading, type Remote} from '../../overlays/shared/remote.ts';
import {type ViewContext} from '../../view/context.ts';
import {type Effect} from '../../view/effect.ts';
import {tabOfPane} from '../../view/plugin-panes/pane-reading.ts';
import {panesBeside} from '../../view/plugin-panes/plugin-panes.ts';

/** `pane:plugin/id` is what a plugin shows beside the resource. */
export type DescribeTab = 'summary' | 'yaml' | 'json' | `pane:${string}`;

export const describeTabs = (
	{resource: {type}}: DescribeScreen,
	{engine}: ViewContext,
): readonly {readonly id: DescribeTab; readonly title: string}[] => [
	...(['summary', 'yaml', 'json'] as const).map(id => ({id, title: id})),
	...panesBeside(engine.plugins, type).map(({key, title}) => ({id: tabOfPane(key), title})),
];

/** A plugin that shows something may be gone since. */
export const describeTab = (state: DescribeScreen, context: ViewContext): DescribeTab =>
	describeTabs(state, context).some(({id}) => id === state.tab) ? state.tab : 'summary';

/** One resource in full; it follows its identity. */
export type DescribeScreen = {
	readonly kind: 'describe';
	readonly tab: DescribeTab;
	readonly resource: Resource;
	readonly isGone: boolean;
	/** The fresh read of it alone. */
	readonly read: Remote<Resource>;
	readonly events: Remote<readonly CwsEvent[]>;
	readonly top: number;
	readonly isWrapped: boolean;
	readonly search: TextSearch;
};

export const openDescribe = (resource: Resource, tab: DescribeTab = 'summary'): Opened<DescribeScreen> => ({
	state: {kind: 'describe', tab, resource, isGone: false, read: loading, events: loading, top: 0, isWrapped: false, search: noSearch},
	effects: readEffects(resource),
});

/** Reads it anew, with what happened to it. */
export const readEffects = ({ref}: Resource): readonly Effect[] => [
	{type: 'read', ref, reply: `describe:read:${ref}`},
	{type: 'events', ref, limit: 50, reply: `describe:events:${ref}`},
];
