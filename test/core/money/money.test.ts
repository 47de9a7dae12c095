import assert from 'node:assert/strict';
import test from 'node:test';
import {formatMoney, formatMoneyCell, formatTotal, formatTotalInWords} from '../../../source/core/money/format-money.ts';
import {amount, compareKey, free, known, type Money, times, total, unknown} from '../../../source/core/money/money.ts';

const usage: Money = {kind: 'usage', unit: 'token', nanosPerUnit: 3, currency: 'USD'};

test('a sum of many small amounts is exact', () => {
	const sum = total(Array.from({length: 10}, () => amount(0.1)));
	assert.deepEqual(sum.amounts, [{currency: 'USD', nanos: 1_000_000_000}]);
});

test('what is not a number that can be counted becomes unknown, never zero and never NaN', () => {
	for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 53]) {
		assert.equal(known(value).kind, 'unknown');
	}

	assert.equal(times(amount(1), Number.NaN).kind, 'unknown');
	assert.equal(times(amount(1_000_000), 1e9).kind, 'unknown');
});

test('a factor leaves free free and unknown unknown', () => {
	assert.deepEqual(times(amount(0.5), 720), amount(360));
	assert.deepEqual(times(free('local'), 720), free('local'));
	assert.deepEqual(times(unknown('no price'), 720), unknown('no price'));
});

test('currencies are never added, holes are counted', () => {
	assert.deepEqual(total([amount(1), amount(5, 'EUR'), amount(1), free('x'), unknown('y'), unknown('z'), usage]), {
		amounts: [
			{currency: 'EUR', nanos: 5_000_000_000},
			{currency: 'USD', nanos: 2_000_000_000},
		],
		unpriced: 2,
		free: 1,
		usage: 1,
	});
});

test('prices sort by their amount, and what has none comes below', () => {
	const order = [amount(2), amount(0.01), usage, unknown('x'), free('x')];
	assert.deepEqual(
		order.toReversed().toSorted((a, b) => compareKey(b) - compareKey(a)),
		order,
	);
});

test('money is written with its currency, and what is not known is a question mark', () => {
	assert.deepEqual(
		[amount(1.0221), amount(1904, 'EUR'), amount(3, 'CHF'), free('x'), unknown('x'), undefined, usage].map(money => formatMoney(money, 2)),
		['$1.02', '€1,904.00', 'CHF 3.00', 'free', '?', '?', 'usage'],
	);
	assert.equal(formatMoneyCell(amount(1.006), 4), '1.0060');
});

test('a sum says its holes', () => {
	assert.equal(formatTotal(total([amount(412.1), unknown('x')])), '≥ $412.10');
	assert.equal(formatTotalInWords(total([amount(412.1), unknown('x'), unknown('y'), unknown('z')])), '≥ $412.10 + 3 unpriced');
	assert.equal(formatTotal(total([amount(1), amount(2, 'EUR')])), '€2.00 + $1.00');
	assert.equal(formatTotal(total([free('x')])), 'free');
	assert.equal(formatTotal(total([unknown('x'), free('x')])), '?');
	assert.equal(formatTotal(total([usage, free('x')])), 'usage');
	assert.equal(formatTotal(total([])), '$0.00');
});
