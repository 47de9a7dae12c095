import assert from 'node:assert/strict';
import {test} from 'node:test';
import {burnOf, dayStart, hourlyOf, hoursInMonth, monthEnd, monthlyOf, monthStart} from '../../../source/core/money/cost.ts';
import {type Estimate} from '../../../source/core/money/estimate.ts';
import {amount, free, type Money, unknown} from '../../../source/core/money/money.ts';

const estimate = (hourly: Money, stoppedHourly?: Money): Estimate => ({
	hourly,
	stoppedHourly,
	components: [],
	confidence: 'exact',
	notCounted: [],
});

test('a running resource costs its hourly price', () => {
	assert.deepEqual(hourlyOf({status: 'running', cost: estimate(amount(1.006))}), amount(1.006));
	assert.deepEqual(hourlyOf({status: 'creating', cost: estimate(amount(1.006))}), amount(1.006));
});

test('a stopped resource costs what goes on billing', () => {
	assert.deepEqual(hourlyOf({status: 'stopped', cost: estimate(amount(1.006), amount(0.011))}), amount(0.011));
	assert.deepEqual(hourlyOf({status: 'hibernated', cost: estimate(amount(1.006), amount(0.011))}), amount(0.011));
});

test('a stopped resource is unknown, never zero, when the provider does not say what goes on billing', () => {
	assert.equal(hourlyOf({status: 'stopped', cost: estimate(amount(1.006))}).kind, 'unknown');
});

test('what is free stays free when it stops', () => {
	assert.deepEqual(hourlyOf({status: 'stopped', cost: estimate(free('local'))}), free('local'));
});

test('a resource without an estimate has an unknown price, and a deleted one costs nothing', () => {
	assert.equal(hourlyOf({status: 'running'}).kind, 'unknown');
	assert.equal(hourlyOf({status: 'deleted', cost: estimate(amount(1))}).kind, 'free');
});

test('a month is the hourly price times its hours', () => {
	assert.deepEqual(monthlyOf({status: 'running', cost: estimate(amount(1.006))}, 720), amount(724.32));
	assert.equal(monthlyOf({status: 'running', cost: estimate(unknown('no rate'))}, 720).kind, 'unknown');
});

test('the burn adds prices and counts the holes', () => {
	const burn = burnOf([
		{status: 'running', cost: estimate(amount(1))},
		{status: 'stopped', cost: estimate(amount(1), amount(0.25))},
		{status: 'running', cost: estimate(amount(2, 'EUR'))},
		{status: 'running', cost: estimate(free('local'))},
		{status: 'running'},
	]);
	assert.deepEqual(burn, {
		amounts: [
			{currency: 'EUR', nanos: 2_000_000_000},
			{currency: 'USD', nanos: 1_250_000_000},
		],
		unpriced: 1,
		free: 1,
		usage: 0,
	});
});

test('a calendar month has the hours of its own days', () => {
	assert.equal(hoursInMonth('calendar', Date.UTC(2026, 1, 10)), 28 * 24);
	assert.equal(hoursInMonth('calendar', Date.UTC(2028, 1, 29)), 29 * 24);
	assert.equal(hoursInMonth(730, Date.UTC(2026, 1, 10)), 730);
});

test('days and months begin at midnight UTC, over the end of a year too', () => {
	const now = Date.UTC(2026, 11, 31, 23, 59, 59, 999);
	assert.equal(dayStart(now), Date.UTC(2026, 11, 31));
	assert.equal(monthStart(now), Date.UTC(2026, 11, 1));
	assert.equal(monthEnd(now), Date.UTC(2027, 0, 1));
	assert.equal(monthStart(monthEnd(now)), monthEnd(now));
});
