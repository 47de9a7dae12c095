import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type EngineState} from '../../../../source/engine/state.ts';
import {now, samplePlugin, sampleResource, sampleSource, sampleState} from '../../helpers/samples.ts';
import {createTestStore} from '../../helpers/view-store.ts';

const second = 1000;
const row = sampleResource({name: 'web-1', metrics: {cpuPercent: 3, memoryBytes: 2 ** 20, load1: 0.1, uptimeMs: 0}});
const source = sampleSource([row], {seenAt: now - 8 * second});
const plugin = samplePlugin('aws', {latencyMs: 2});
const before = sampleState({plugins: [plugin], sources: [source]});

/** Whether the screen is drawn again when this comes. */
async function isDrawn(after: EngineState, {atMs = 2 * second, key}: {readonly atMs?: number; readonly key?: string} = {}) {
	const store = createTestStore(before);
	store.press(...(key === undefined ? [] : [key]));
	await Promise.resolve();
	let times = 0;
	store.subscribe(() => times++);
	store.setTime(now + atMs);
	store.setEngine(after);
	await Promise.resolve();
	assert.equal(store.getSnapshot().context.engine, after, 'whoever asks has it at once');
	return times > 0;
}

const withSource = (parts: Partial<typeof source>): EngineState => ({...before, sources: [{...source, ...parts}]});
const withMetrics = (parts: object): EngineState => withSource({resources: [{...row, seenAt: now, metrics: {...row.metrics, ...parts}}]});
const withPlugin = (parts: Partial<typeof plugin>): EngineState => ({...before, plugins: [{...plugin, ...parts}]});

test('a list that brought nothing new is not drawn as long as its age says the same', async () => {
	assert.equal(await isDrawn(withSource({seenAt: now + 2 * second, missing: []})), false);
	const old = {...before, sources: [{...source, seenAt: now - 40 * second}]};
	const store = createTestStore(old);
	let times = 0;
	store.subscribe(() => times++);
	store.setEngine({...old, sources: [{...source, seenAt: now}]});
	await Promise.resolve();
	assert.equal(times, 1, 'from 30 s to live');
});

test('what a source is and how its rows are is drawn', async () => {
	assert.equal(await isDrawn(withSource({phase: 'failed'})), true);
	assert.equal(await isDrawn(withSource({isStale: true})), true);
	assert.equal(await isDrawn(withSource({skipped: 1})), true);
	assert.equal(await isDrawn(withSource({resources: [{...row, status: 'stopped'}]})), true);
	assert.equal(await isDrawn(withSource({resources: [row, {...row, ref: 'aws/-/-/vm/other'}]})), true);
	assert.equal(await isDrawn(withMetrics({cpuPercent: 9})), true);
	assert.equal(await isDrawn(withMetrics({memoryBytes: 2 ** 22})), true);
});

test('figures without a column are not', async () => {
	assert.equal(await isDrawn(withMetrics({load1: 0.6, uptimeMs: 60_000})), false);
	assert.equal(await isDrawn(withMetrics({cpuPercent: 3.2, memoryBytes: 2 ** 20 + 5000})), false);
	const counted = {memoryBytes: 1, cpuPercent: 0, calls: 5, errors: 0};
	assert.equal(await isDrawn(withPlugin({usage: counted, health: {...plugin.health, observedAt: now}})), false);
	assert.equal(await isDrawn(withPlugin({health: {...plugin.health, latencyMs: 3}})), false);
	assert.equal(await isDrawn(withPlugin({health: {...plugin.health, latencyMs: 30}})), true);
	assert.equal(await isDrawn(withPlugin({state: 'failed'})), true);
	assert.equal(await isDrawn({...before, spend: {...before.spend, computedAt: now}}), false);
	assert.equal(await isDrawn({...before, spend: {...before.spend, hasGaps: !before.spend.hasGaps}}), true);
});

test('under a screen or a dialog everything is, for any of it may show more', async () => {
	assert.equal(await isDrawn(withMetrics({load1: 0.6}), {key: 'enter'}), true);
	assert.equal(await isDrawn(withMetrics({load1: 0.6}), {key: '?'}), true);
});
