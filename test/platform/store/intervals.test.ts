import assert from 'node:assert/strict';
import {test} from 'node:test';
import {amount, unknown} from '../../../source/core/money/money.ts';
import {type StateReading} from '../../../source/core/ports/store.ts';
import {openTestStore, valueOf} from './open-test-store.ts';

const minute = 60_000;
const always = {since: 0, until: Number.MAX_SAFE_INTEGER};

const reading = (at: number, changes: Partial<StateReading> = {}): StateReading => ({
	ref: 'mock/-/-/vm/web-1',
	provider: 'mock',
	type: 'vm',
	name: 'web-1',
	status: 'running',
	hourly: amount(1),
	at,
	...changes,
});

async function intervalsAfter(t: Parameters<typeof openTestStore>[0], rounds: readonly (readonly StateReading[])[]) {
	const store = await openTestStore(t, ':memory:');
	for (const round of rounds) {
		valueOf(await store.recordStates(round));
	}

	return valueOf(await store.readIntervals(always)).map(({name, status, from, until, isEstimated}) => ({
		name,
		status,
		from: from / minute,
		until: until === undefined ? undefined : until / minute,
		isEstimated,
	}));
}

test('an interval goes on while nothing changes and ends when the state does', async t => {
	assert.deepEqual(
		await intervalsAfter(t, [
			[reading(10 * minute)],
			[reading(11 * minute)],
			[reading(12 * minute, {status: 'stopped'})],
			[reading(13 * minute, {status: 'stopped'})],
		]),
		[
			{name: 'web-1', status: 'running', from: 10, until: 12, isEstimated: false},
			{name: 'web-1', status: 'stopped', from: 12, until: undefined, isEstimated: false},
		],
	);
});

test('the first interval starts at the creation and is estimated', async t => {
	assert.deepEqual(await intervalsAfter(t, [[reading(60 * minute, {createdAt: 10 * minute})]]), [
		{name: 'web-1', status: 'running', from: 10, until: undefined, isEstimated: true},
	]);
});

test('a resource that was made under our eyes is not estimated', async t => {
	assert.deepEqual(await intervalsAfter(t, [[reading(60 * minute, {createdAt: 59 * minute})]]), [
		{name: 'web-1', status: 'running', from: 59, until: undefined, isEstimated: false},
	]);
});

test('after a gap the same state is assumed to have lasted', async t => {
	assert.deepEqual(
		await intervalsAfter(t, [[reading(10 * minute)], [reading(500 * minute)], [reading(501 * minute, {status: 'stopped'})]]),
		[
			{name: 'web-1', status: 'running', from: 10, until: 501, isEstimated: false},
			{name: 'web-1', status: 'stopped', from: 501, until: undefined, isEstimated: false},
		],
	);
});

test('after a gap another state marks the interval as estimated', async t => {
	assert.deepEqual(await intervalsAfter(t, [[reading(10 * minute)], [reading(500 * minute, {status: 'stopped'})]]), [
		{name: 'web-1', status: 'running', from: 10, until: 500, isEstimated: true},
		{name: 'web-1', status: 'stopped', from: 500, until: undefined, isEstimated: false},
	]);
});

test('each resource has its own gap, however the readings are grouped', async t => {
	const other = {ref: 'mock/-/-/vm/web-2', name: 'web-2'};
	assert.deepEqual(
		await intervalsAfter(t, [
			[reading(10 * minute), reading(10 * minute, other)],
			[reading(500 * minute)],
			[reading(500 * minute, {...other, status: 'stopped'})],
			[reading(501 * minute, {status: 'stopped'})],
		]),
		[
			{name: 'web-1', status: 'running', from: 10, until: 501, isEstimated: false},
			{name: 'web-2', status: 'running', from: 10, until: 500, isEstimated: true},
			{name: 'web-2', status: 'stopped', from: 500, until: undefined, isEstimated: false},
			{name: 'web-1', status: 'stopped', from: 501, until: undefined, isEstimated: false},
		],
	);
});

test('a new rate starts a new interval, other words for an unknown rate do not', async t => {
	assert.deepEqual(
		await intervalsAfter(t, [
			[reading(1 * minute)],
			[reading(2 * minute, {hourly: unknown('no price list')})],
			[reading(3 * minute, {hourly: unknown('price list is 4 s old'), name: 'renamed'})],
		]),
		[
			{name: 'web-1', status: 'running', from: 1, until: 2, isEstimated: false},
			{name: 'renamed', status: 'running', from: 2, until: undefined, isEstimated: false},
		],
	);
});

test('a deleted resource has no open interval, and one that comes back is not billed for its absence', async t => {
	assert.deepEqual(
		await intervalsAfter(t, [
			[reading(10 * minute, {createdAt: 10 * minute})],
			[reading(11 * minute, {status: 'deleted', createdAt: 10 * minute})],
			[reading(12 * minute, {status: 'deleted', createdAt: 10 * minute})],
			[reading(13 * minute, {createdAt: 10 * minute})],
		]),
		[
			{name: 'web-1', status: 'running', from: 10, until: 11, isEstimated: false},
			{name: 'web-1', status: 'running', from: 13, until: undefined, isEstimated: false},
		],
	);
});

test('a clock that was set back ends no interval before its start', async t => {
	assert.deepEqual(await intervalsAfter(t, [[reading(10 * minute)], [reading(5 * minute, {status: 'stopped'})]]), [
		{name: 'web-1', status: 'running', from: 10, until: 10, isEstimated: false},
		{name: 'web-1', status: 'stopped', from: 10, until: undefined, isEstimated: false},
	]);
});

test('only intervals that touch the span are read, many of them in order', async t => {
	const store = await openTestStore(t, ':memory:');
	const round = (at: number, status: StateReading['status']) =>
		Array.from({length: 1000}, (_, index) => reading(at, {ref: `mock/-/-/vm/${index}`, name: `web-${index}`, status}));
	valueOf(await store.recordStates(round(1 * minute, 'running')));
	valueOf(await store.recordStates(round(2 * minute, 'stopped')));
	const early = valueOf(await store.readIntervals({since: 0, until: 2 * minute}));
	const late = valueOf(await store.readIntervals({since: 2 * minute, until: 9 * minute}));
	assert.deepEqual([early.length, new Set(early.map(({status}) => status))], [1000, new Set(['running'])]);
	assert.deepEqual([late.length, new Set(late.map(({status}) => status))], [1000, new Set(['stopped'])]);
	assert.equal(late[999]!.name, 'web-999');
	assert.deepEqual(early[0]!.hourly, amount(1));
});
