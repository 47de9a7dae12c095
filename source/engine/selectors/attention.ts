import {isEnded, type Operation} from '../../core/operation.ts';
import {type PluginRecord} from '../../core/plugin.ts';
import {type Resource} from '../../core/resource.ts';
import {type ResourceRef} from '../../core/reference.ts';
import {type EngineState, type SourceState} from '../state.ts';
import {summaryOf} from './source-summary.ts';

/** Something a person should look at. */
export type AttentionItem = {
	readonly kind: 'resource' | 'source' | 'operation' | 'plugin';
	/** Reference, source key, operation id or plugin id. */
	readonly key: string;
	readonly title: string;
	readonly reason: string;
	readonly fix?: string;
	readonly ref?: ResourceRef;
};

const recentMs = 60 * 60_000;

type Inputs = Pick<EngineState, 'sources' | 'plugins' | 'operations'>;

let memo: (Inputs & {readonly items: readonly AttentionItem[]}) | undefined;

/** What needs attention, worst first. Each trouble is named once: of a plugin that is down, its sources are not named again. */
export function attentionOf({sources, plugins, operations}: Inputs): readonly AttentionItem[] {
	if (memo?.sources === sources && memo.plugins === plugins && memo.operations === operations) {
		return memo.items;
	}

	const down = new Set(plugins.filter(plugin => isDown(plugin) || plugin.health.status === 'fail').map(({id}) => id));
	const items = [
		...plugins.flatMap(plugin => pluginItem(plugin) ?? []),
		...sources.filter(({plugin}) => !down.has(plugin)).flatMap(source => sourceItem(source) ?? []),
		...operationItems(operations, newestTime(sources, operations)),
		...sources.flatMap(source => summaryOf(source).failed.map(row => resourceItem(row))),
	];
	memo = {sources, plugins, operations, items};
	return items;
}

/** What a selector can know of the present: the last time anything answered. */
const newestTime = (sources: readonly SourceState[], operations: readonly Operation[]): number =>
	Math.max(0, ...sources.map(({seenAt}) => seenAt ?? 0), ...operations.slice(0, 1).map(({updatedAt}) => updatedAt));

// What lies in a folder nobody vouched for is nobody's trouble.
const isDown = ({state, error}: PluginRecord): boolean =>
	state === 'failed' || state === 'quarantined' || state === 'backoff' || (state === 'blocked' && error?.code !== 'CWS_PLUGIN_UNTRUSTED');

function pluginItem(plugin: PluginRecord): AttentionItem | undefined {
	const {id, state, health, error} = plugin;
	if (!isDown(plugin) && (state !== 'active' || (health.status !== 'fail' && health.status !== 'warn'))) {
		return undefined;
	}

	const reason = isDown(plugin) ? (error?.message ?? state) : (health.output ?? `health is ${health.status}`);
	const fix = isDown(plugin) ? error?.fix : health.fix;
	return {kind: 'plugin', key: id, title: id, reason, ...(fix !== undefined && {fix})};
}

function sourceItem({key, phase, error, missing}: SourceState): AttentionItem | undefined {
	const login = missing.find(({needsLogin}) => needsLogin);
	if (phase !== 'failed' && login === undefined) {
		return undefined;
	}

	const fix = login?.fix ?? error?.fix;
	return {kind: 'source', key, title: key, reason: login?.reason ?? error?.message ?? 'did not answer', ...(fix !== undefined && {fix})};
}

/** Only the last word on each target counts: a retry that worked settles it. */
function operationItems(operations: readonly Operation[], now: number): AttentionItem[] {
	const seen = new Set<string>();
	return operations.flatMap(({id, provider, type, name, action, state, endedAt = 0, error, ref}) => {
		const target = ref ?? `${provider}/${type}/${name}`;
		const isLatest = !seen.has(target) && !seen.has(`${provider}/${type}/${name}`);
		seen.add(target).add(`${provider}/${type}/${name}`);
		if (!isLatest || !isEnded(state) || (state !== 'failed' && state !== 'diverged') || now - endedAt > recentMs) {
			return [];
		}

		const reason = error?.message ?? `${action} ${state}`;
		return [{kind: 'operation', key: id, title: `${action} ${provider}/${name}`, reason, fix: error?.fix, ref} satisfies AttentionItem];
	});
}

const resourceItem = ({ref, provider, name, statusReason, rawStatus}: Resource): AttentionItem => ({
	kind: 'resource',
	key: ref,
	title: `${provider}/${name}`,
	reason: statusReason ?? rawStatus,
	ref,
});
