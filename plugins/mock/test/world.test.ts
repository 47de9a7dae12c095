import assert from 'node:assert/strict';
import {test} from 'node:test';
import {kinds} from '../world/catalog.ts';
import {estimateFor} from '../world/estimate.ts';
import {createRandom} from '../world/random.ts';
import {createScript} from '../world/script.ts';
import {createWorld, type World} from '../world/world.ts';
import {testNow} from './mock-for-test.ts';

const worldOf = (count: number, seed = 7, hasFaults = false) => createWorld({count, seed, hasFaults, now: testNow});

const entriesOf = (world: World) => Array.from({length: world.count()}, (_, position) => world.at(position)!);

test('the same seed gives the same world, another seed another one', () => {
	assert.deepEqual(entriesOf(worldOf(500)), entriesOf(worldOf(500)));
	assert.notDeepEqual(entriesOf(worldOf(500)), entriesOf(worldOf(500, 8)));
});

test('a world has as many resources as asked for, with ids that are unique for their type', () => {
	for (const count of [0, 3, 42, 20_000]) {
		const entries = entriesOf(worldOf(count));
		assert.equal(entries.length, count);
		assert.equal(new Set(entries.map(({provider, resource}) => `${provider}/${resource.type}/${resource.id}`)).size, count);
	}
});

test('a world has every type of its manifest, and prices that are known, unknown and free', () => {
	const entries = entriesOf(worldOf(2000));
	const found = new Set(entries.map(({provider, resource}) => `${provider}/${resource.type}`));
	assert.deepEqual([...found].toSorted(), kinds.map(({provider, type}) => `${provider}/${type}`).toSorted());
	assert.deepEqual(new Set(entries.map(({resource}) => resource.cost?.hourly.kind)), new Set(['known', 'unknown', 'free']));
});

test('hostile names are there only with faults, and everything else is the same', () => {
	// oxlint-disable-next-line no-control-regex
	const hasHostile = (world: World) => entriesOf(world).some(({resource}) => /[\u0000-\u001F\u202E]/.test(resource.name));
	assert.equal(hasHostile(worldOf(1000)), false);
	assert.equal(hasHostile(worldOf(1000, 7, true)), true);
	const withoutNames = (world: World) => entriesOf(world).map(({provider, resource}) => ({provider, ...resource, name: ''}));
	assert.deepEqual(withoutNames(worldOf(100, 7, true)), withoutNames(worldOf(100)));
});

test('an estimate is the exact sum of its components, and its storage goes on billing', () => {
	const nimbus = kinds.find(({provider, type}) => provider === 'nimbus' && type === 'vm')!;
	const estimate = estimateFor(nimbus, {size: 'g5.xlarge', region: 'us-east-1', storageGb: 100, hasPublicIp: true});
	const nanos = estimate.components.map(({hourly}) => (hourly.kind === 'known' ? hourly.nanos : Number.NaN));
	assert.deepEqual(nanos, [1_006_000_000, 11_111_100, 5_000_000]);
	assert.deepEqual(estimate.hourly, {kind: 'known', nanos: 1_022_111_100, currency: 'USD'});
	assert.deepEqual(estimate.stoppedHourly, {kind: 'known', nanos: 16_111_100, currency: 'USD'});
	assert.ok(estimate.components.every(({source, asOf}) => source === 'bundled' && asOf !== undefined));
});

test('the same story is told for the same seed, and nothing stays in between for ever', () => {
	const tell = (seed: number) => {
		const world = worldOf(42);
		const {step} = createScript(world, createRandom(seed), () => testNow);
		const story = Array.from({length: 2000}, () => step()).filter(line => line !== undefined);
		return {story, statuses: entriesOf(world).map(({resource}) => resource.status)};
	};

	const {story, statuses} = tell(1);
	assert.deepEqual(tell(1).story, story);
	assert.ok(story.length > 100);
	assert.ok(statuses.filter(status => status === 'stopping' || status === 'resuming').length <= 1);
});

test('the story leaves alone what an operation holds, and only one operation can hold it', () => {
	const world = worldOf(42);
	const held = entriesOf(world).map(({provider, resource: {type, id}}) => ({provider, type, id}));
	for (const address of held) {
		world.hold(address);
	}

	const before = entriesOf(world);
	const {step} = createScript(world, createRandom(1), () => testNow);
	for (let count = 0; count < 500; count++) {
		step();
	}

	assert.deepEqual(entriesOf(world), before);
	assert.equal(world.hold(held[0]!), undefined);
});
