import assert from 'node:assert/strict';
import {test} from 'node:test';
import {amount, free, type Money, total, unknown} from '../../../source/core/money/money.ts';
import {type StateInterval} from '../../../source/core/ports/store.ts';
import {computeSpend} from '../../../source/engine/spend/compute-spend.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 21, 12);
const nothing = total([]);

const interval = (from: number, until: number | undefined, hourly: Money, more: Partial<StateInterval> = {}): StateInterval => ({
	ref: 'aws/prod/us-east-1/vm/i-1',
	provider: 'aws',
	type: 'vm',
	name: 'web-1',
	status: 'running',
	from,
	until,
	hourly,
	isEstimated: false,
	...more,
});

test('an empty ledger has spent nothing and has no history', async () => {
	const spend = await computeSpend({intervals: [], burn: nothing, now});
	assert.deepEqual(spend.today, nothing);
	assert.deepEqual(spend.monthToDate, nothing);
	assert.deepEqual(spend.forecast, nothing);
	assert.deepEqual(spend.history, []);
	assert.equal(spend.hasGaps, false);
	assert.equal(spend.byRef.size, 0);
});

test('an open interval counts until now, a closed one until its end', async () => {
	const spend = await computeSpend({
		intervals: [interval(now - 2 * hour, undefined, amount(1)), interval(now - 5 * hour, now - 4 * hour, amount(3), {ref: 'b'})],
		burn: total([amount(1)]),
		now,
	});
	assert.deepEqual(spend.today, total([amount(5)]));
});

test('today begins at midnight UTC and the month on its first day', async () => {
	const spend = await computeSpend({intervals: [interval(Date.UTC(2026, 9, 1), undefined, amount(1))], burn: total([amount(1)]), now});
	assert.deepEqual(spend.today, total([amount(12)]));
	assert.deepEqual(spend.monthToDate, total([amount(20 * 24 + 12)]));
});

test('the forecast adds the burn for the hours left in the calendar month', async () => {
	const spend = await computeSpend({intervals: [interval(now - hour, undefined, amount(2))], burn: total([amount(2)]), now});
	assert.deepEqual(spend.forecast, total([amount(2 + 2 * (9 * 24 + 12))]));
});

test('in the first instant of a month nothing of the last one counts', async () => {
	const border = Date.UTC(2026, 11, 1);
	const spend = await computeSpend({intervals: [interval(border - 5 * hour, undefined, amount(1))], burn: total([amount(1)]), now: border});
	assert.deepEqual(spend.monthToDate.amounts, []);
	assert.deepEqual(spend.forecast, total([amount(31 * 24)]));
	assert.equal(spend.byRef.get('aws/prod/us-east-1/vm/i-1'), 5_000_000_000);
});

test('sums stay exact where a rate in nanos times milliseconds leaves the safe integers', async () => {
	const rate = 32_772_600_001;
	const spend = await computeSpend({
		intervals: [interval(Date.UTC(2026, 10, 1), undefined, {kind: 'known', nanos: rate, currency: 'USD'})],
		burn: nothing,
		now,
	});
	assert.equal(spend.monthToDate.amounts[0]!.nanos, rate * (20 * 24 + 12));
});

test('many short intervals are rounded once, not each by itself', async () => {
	const intervals = Array.from({length: 3600}, (_, index) =>
		interval(now - hour + index * 1000, now - hour + (index + 1) * 1000, {kind: 'known', nanos: 1801, currency: 'USD'}),
	);
	const {today} = await computeSpend({intervals, burn: nothing, now});
	assert.equal(today.amounts[0]!.nanos, 1801);
});

test('unknown and free are counted by resource and never become zero', async () => {
	const spend = await computeSpend({
		intervals: [
			interval(now - 3 * hour, now - 2 * hour, unknown('no rate')),
			interval(now - 2 * hour, undefined, unknown('no rate')),
			interval(now - 2 * hour, undefined, free('local'), {ref: 'b'}),
		],
		burn: total([unknown('no rate'), free('local')]),
		now,
	});
	assert.deepEqual(spend.today, {amounts: [], unpriced: 1, free: 1, usage: 0});
	assert.deepEqual(spend.forecast, {amounts: [], unpriced: 1, free: 1, usage: 0});
	assert.equal(spend.byRef.has('aws/prod/us-east-1/vm/i-1'), false);
});

test('currencies are never added', async () => {
	const spend = await computeSpend({
		intervals: [interval(now - hour, undefined, amount(1)), interval(now - hour, undefined, amount(3, 'EUR'), {ref: 'b'})],
		burn: total([amount(1), amount(3, 'EUR')]),
		now,
	});
	assert.deepEqual(spend.today.amounts, [
		{currency: 'EUR', nanos: 3_000_000_000},
		{currency: 'USD', nanos: 1_000_000_000},
	]);
	assert.deepEqual(
		spend.forecast.amounts.map(({currency}) => currency),
		['EUR', 'USD'],
	);
});

test('the spend of a resource is the sum of all its intervals at the rates valid then', async () => {
	const spend = await computeSpend({
		intervals: [interval(now - 60 * hour, now - 50 * hour, amount(1)), interval(now - 50 * hour, undefined, amount(0.1))],
		burn: nothing,
		now,
	});
	assert.equal(spend.byRef.get('aws/prod/us-east-1/vm/i-1'), 15_000_000_000);
});

test('an assumed interval of this month is a gap, one of an earlier month is not', async () => {
	const assumed = async (from: number, until: number) => {
		const spend = await computeSpend({intervals: [interval(from, until, amount(1), {isEstimated: true})], burn: nothing, now});
		return spend.hasGaps;
	};

	assert.equal(await assumed(now - 2 * hour, now - hour), true);
	assert.equal(await assumed(Date.UTC(2026, 9, 1), Date.UTC(2026, 9, 2)), false);
});

test('a hole in the record of a resource is a gap, unless it was gone meanwhile', async () => {
	const withHole = async (status: StateInterval['status']) => {
		const spend = await computeSpend({
			intervals: [interval(now - hour, undefined, amount(1)), interval(now - 9 * hour, now - 5 * hour, amount(1), {status})],
			burn: nothing,
			now,
		});
		return spend.hasGaps;
	};

	assert.equal(await withHole('running'), true);
	assert.equal(await withHole('deleting'), false);
});

test('the history is the burn at each full hour, oldest first, and ends with the burn now', async () => {
	const at = now + hour / 2;
	const spend = await computeSpend({
		intervals: [
			interval(now - 2 * hour - 1, now - hour, amount(1)),
			interval(now - hour, undefined, amount(4)),
			interval(now - hour, undefined, amount(9, 'EUR'), {ref: 'b'}),
		],
		burn: total([amount(4)]),
		now: at,
	});
	assert.deepEqual(spend.history, [1_000_000_000, 4_000_000_000, 4_000_000_000, 4_000_000_000]);
});

test('the history has 24 points at most, whatever is older', async () => {
	const spend = await computeSpend({intervals: [interval(now - 900 * hour, undefined, amount(1))], burn: total([amount(2)]), now});
	assert.equal(spend.history.length, 24);
	assert.deepEqual(new Set(spend.history.slice(0, -1)), new Set([1_000_000_000]));
	assert.equal(spend.history.at(-1), 2_000_000_000);
});

test('what lies in the future or has no length adds nothing', async () => {
	const spend = await computeSpend({
		intervals: [interval(now + hour, undefined, amount(1)), interval(now - hour, now - hour, amount(1))],
		burn: nothing,
		now,
	});
	assert.deepEqual(spend.today.amounts, []);
});

test('much is added up in turns, and to the same sum', async () => {
	const intervals = Array.from({length: 25_000}, (_, index) => interval(now - hour, now, amount(1), {ref: `local/-/-/vm/${index}`}));
	let turns = 0;
	const spend = await computeSpend({intervals, burn: nothing, now}, async () => {
		turns++;
	});
	assert.ok(turns > 20);
	assert.equal(spend.today.amounts[0]!.nanos, 25_000 * 1_000_000_000);
});
