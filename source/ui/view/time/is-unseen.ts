import {type PluginRecord} from '../../../core/plugin.ts';
import {type Resource} from '../../../core/resource.ts';
import {isSameJson} from '../../../core/schema/same-json.ts';
import {type EngineState, type SourceState, type Spend} from '../../../engine/state.ts';
import {answerAge} from './ages.ts';

/** `shownAt` is the time that the screen says, epoch milliseconds as `now` is. */
type Times = {readonly shownAt: number; readonly now: number};

/**
Whether the panes say the same of both states: a list or a check that brought no news moves times and counts that only a screen of
its own shows. Ages step by themselves when they are due.
*/
export function isUnseen(before: EngineState, after: EngineState, times: Times): boolean {
	const {sources, plugins, spend, ...rest} = before;
	const {sources: nextSources, plugins: nextPlugins, spend: nextSpend, ...next} = after;
	return (
		(Object.keys(next) as (keyof typeof next)[]).every(key => rest[key] === next[key]) &&
		(spend === nextSpend || isSameJson(shownSpend(spend), shownSpend(nextSpend))) &&
		isEvery(plugins, nextPlugins, (one, other) => isSameJson(shownPlugin(one), shownPlugin(other))) &&
		isEvery(sources, nextSources, (one, other) => isSameSource(one, other, times))
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
	health: {...plugin.health, observedAt: undefined, checks: undefined},
});

function isSameSource(before: SourceState, after: SourceState, {shownAt, now}: Times): boolean {
	const {resources, ...rest} = before;
	const {resources: nextResources, ...next} = after;
	return isSameJson(rest, next, 'seenAt') && ageOf(before, shownAt) === ageOf(after, now) && isSameRows(resources, nextResources);
}

// What is stale says its age in other places and other words.
const ageOf = ({seenAt, isStale, phase}: SourceState, now: number): string | number | undefined =>
	seenAt === undefined || isStale || phase === 'failed' ? seenAt : answerAge(now - seenAt);

// Where many rows changed, some of it will be seen.
const fewRows = 32;

function isSameRows(before: readonly Resource[], after: readonly Resource[]): boolean {
	let changed = 0;
	return isEvery(before, after, (one, other) => ++changed <= fewRows && isSameJson(shownRow(one), shownRow(other)));
}

const shownRow = ({metrics, ...row}: Resource) => ({...row, seenAt: undefined, cpu: metrics?.cpuPercent, memory: metrics?.memoryBytes});
