import {type PluginRecord} from '../../../core/plugin.ts';
import {type Resource} from '../../../core/resource.ts';
import {isSameJson} from '../../../core/schema/same-json.ts';
import {type EngineState, type SourceState, type Spend} from '../../../engine/state.ts';
import {latencyText} from '../latency-text.ts';
import {memoryText, processorText} from '../lists/metrics-text.ts';
import {sourceAge} from './source-age.ts';

/** `shownAt` is the time that the screen says, epoch milliseconds as `now` is. */
type Times = {readonly shownAt: number; readonly now: number};

/**
Whether the panes say the same of both states: a list or a check that brought no news moves times and counts that only a screen of
its own shows. Ages step by themselves when they are due.
*/
export function isUnseen(before: EngineState, after: EngineState, times: Times): boolean {
	const {sources, plugins, spend, ...rest} = before;
	const ages = {before: ageIn(before, times.shownAt), after: ageIn(after, times.now)};
	const {sources: nextSources, plugins: nextPlugins, spend: nextSpend, ...next} = after;
	return (
		(Object.keys(next) as (keyof typeof next)[]).every(key => rest[key] === next[key]) &&
		(spend === nextSpend || isSameJson(shownSpend(spend), shownSpend(nextSpend))) &&
		isEvery(plugins, nextPlugins, (one, other) => isSameJson(shownPlugin(one), shownPlugin(other))) &&
		isEvery(sources, nextSources, (one, other) => isSameSource(one, other, ages))
	);
}

function isEvery<Item>(before: readonly Item[], after: readonly Item[], isSame: (one: Item, other: Item) => boolean): boolean {
	return (
		before === after || (before.length === after.length && before.every((one, index) => one === after[index] || isSame(one, after[index]!)))
	);
}

const shownSpend = (spend: Spend) => ({...spend, computedAt: undefined, byRef: undefined});

const shownPlugin = (plugin: PluginRecord) => ({
	...plugin,
	usage: undefined,
	healthHistory: undefined,
	health: {...plugin.health, observedAt: undefined, checks: undefined, latencyMs: latencyText(plugin.health)},
});

type AgeOf = (source: SourceState) => string | number | undefined;

// What is stale says its age in other places and other words.
const ageIn =
	(engine: EngineState, now: number): AgeOf =>
	source =>
		source.seenAt === undefined || source.isStale || source.phase === 'failed' ? source.seenAt : sourceAge(source, engine, now);

function isSameSource(before: SourceState, after: SourceState, ages: {readonly before: AgeOf; readonly after: AgeOf}): boolean {
	const {resources, ...rest} = before;
	const {resources: nextResources, ...next} = after;
	return isSameJson(rest, next, 'seenAt') && ages.before(before) === ages.after(after) && isSameRows(resources, nextResources);
}

// Where many rows changed, some of it will be seen.
const fewRows = 32;

function isSameRows(before: readonly Resource[], after: readonly Resource[]): boolean {
	let changed = 0;
	return isEvery(before, after, (one, other) => ++changed <= fewRows && isSameJson(shownRow(one), shownRow(other)));
}

const shownRow = ({metrics, ...row}: Resource) => ({...row, seenAt: undefined, cpu: processorText(metrics), memory: memoryText(metrics)});
